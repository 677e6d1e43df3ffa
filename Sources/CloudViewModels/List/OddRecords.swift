import CloudAPI

/// A resource's handling of fields that aren't as the API documents them.
public struct OddFields<Record: Sendable>: Sendable {
  /// The odd fields of a record.
  public let all: @Sendable (Record) -> [FieldOddity]
  /// The fields that are sent back to the service when a record is replaced or an invitation is sent again.
  let sent: Set<String>

  /// Why an intent would lose a field that couldn't be read; `nil` if it would lose none.
  func refusal(of intent: RecordIntent, about record: Record, called title: String) -> String? {
    let lost = all(record).first { oddity in
      guard oddity.reading != .whole, sent.contains(String(oddity.field.prefix { $0 != "[" && $0 != "." })) else {
        return false
      }
      switch intent {
      case .editDocument, .resend: return true
      // A form sends only changed fields, but sends a changed list as a whole.
      case .edit: return oddity.field.contains("[")
      case .create, .delete, .open, .createDemo: return false
      }
    }
    return lost.map { "Of \(title), \($0): it would be lost." }
  }
}

extension OddFields where Record: ListRecord {
  static func sending(_ fields: String...) -> OddFields {
    OddFields(all: \.oddities, sent: Set(fields))
  }
}

/// The records of a list with fields that aren't as the API documents them, collected for a single notice.
public struct OddRecords: Hashable, Sendable {
  private static let mostNamed = 5

  public private(set) var count = 0
  private var named: [String] = []

  public init() {}

  public mutating func append<Record>(
    _ oddities: [FieldOddity], of id: Identifier<Record>, called title: @autoclosure () -> String
  ) {
    let oddities = oddities.filter { $0.reading != .cut }
    guard !oddities.isEmpty else { return }
    count += 1
    guard named.count < Self.mostNamed else { return }
    let name = id.isMissing ? "“\(title().cut(toBytes: 80))” without an id" : id.rawValue
    named.append("\(name) (\(oddities.map(\.description).joined(separator: ", ").cut(toBytes: 200)))")
  }

  /// A sentence that names the first of them with their fields; `nil` if there is none.
  public func text(_ names: ResourceNames) -> String? {
    guard count > 0 else { return nil }
    let rest = count > named.count ? " and \(count - named.count) more" : ""
    let subject = count == 1 ? "1 \(names.singular) isn't" : "\(count) \(names.plural) aren't"
    return "\(subject) as the API documents: \(named.joined(separator: ", "))\(rest). Unreadable values are shown as ?."
  }
}

extension ListRecord {
  /// Lines of the record screen that describe its odd fields.
  var oddityFields: [DetailField] {
    oddities.map { DetailField("Odd field", .text($0.description)) }
  }
}

extension Identifier {
  /// The text that a filter searches; empty if the id is missing.
  var searchText: String { isMissing ? "" : rawValue }
}

import CloudAPI
import CloudChanges
import FoundationEssentials

/// What a column or a record shows of one field, by kind: how it looks is the front end's business.
public enum FieldValue: Hashable, Sendable {
  case text(String)
  case email(String)
  /// A size that may still be on its way.
  case bytes(LoadState<CloudSize>)
  case date(Date?)
  case role(Role?)
  case flag(Bool?)
  /// The names of other records.
  case references([String])
  /// A name in a graph: `prefix` draws the way to it (`└ `), empty at a root.
  case node(prefix: String, name: String)
  /// Nothing is known.
  case none
  /// The service gave something that can't be read.
  case unreadable

  /// Text where there is some, `none` otherwise.
  public static func optional(_ text: String?) -> FieldValue {
    guard let text, !text.isEmpty else { return .none }
    return .text(text)
  }

  /// A record's id, where the service gave one.
  public static func id<Record>(_ id: Identifier<Record>) -> FieldValue {
    id.isMissing ? .unreadable : .text(id.rawValue)
  }

  /// Whether it says nothing.
  fileprivate var isEmpty: Bool {
    switch self {
    case .text(""), .email(""), .none, .date(nil), .role(nil), .flag(nil), .references([]): true
    default: false
    }
  }
}

extension ListRecord {
  /// The value of a field, or that it can't be read.
  ///
  /// - Parameter fields: the names in JSON of what it is made from.
  public func shown(_ value: FieldValue, _ fields: String...) -> FieldValue {
    let oddities = oddities
    guard !oddities.isEmpty else { return value }
    let isUnread = oddities.contains { oddity in
      oddity.reading == .none && (oddity.field.isEmpty || fields.contains { oddity.field.hasPrefix($0) })
    }
    guard isUnread else { return value }
    if case .node(let prefix, "") = value { return .node(prefix: prefix, name: FieldValue.unreadable.plainText()) }
    return value.isEmpty ? .unreadable : value
  }
}

extension FieldValue {
  /// The value as one line of plain text, in local time; dates short where `short` is set.
  public func plainText(short: Bool = false) -> String {
    switch self {
    case .text(let text), .email(let text): text
    case .bytes(.waiting): ""
    case .bytes(.loaded(let size)): size.bytesText
    case .bytes(.stale(let size, _)): size.bytesText + "!"
    case .bytes(.failed): "?"
    case .date(let date): date.map { short ? LocalTime.monthAndYear($0) : LocalTime.full($0) } ?? "—"
    case .role(let role): RoleText.title(role)
    case .flag(let flag): flag.map { $0 ? "yes" : "no" } ?? "—"
    case .references(let names): names.joined(separator: ", ")
    case .node(let prefix, let name): prefix + name
    case .none: "—"
    case .unreadable: "?"
    }
  }
}

extension FieldValue {
  /// The value as a program reads it: whole bytes, ISO 8601 in UTC, roles as `--role` takes them; empty for nothing.
  public var machineText: String {
    switch self {
    case .text(let text), .email(let text): text
    case .bytes(let state): state.value?.bytes.map { String($0) } ?? ""
    case .date(let date): date.map { $0.formatted(.iso8601) } ?? ""
    case .role(let role): role.map(RoleText.word) ?? ""
    case .flag(let flag): flag.map { $0 ? "true" : "false" } ?? ""
    case .references(let names): names.joined(separator: ", ")
    case .node(_, let name): name
    case .none: ""
    case .unreadable: plainText()
    }
  }
}

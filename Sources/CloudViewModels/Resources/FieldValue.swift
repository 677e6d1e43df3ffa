import CloudAPI
import CloudChanges
import FoundationEssentials

/// The value that a column or a record screen shows for a field; the front end decides how it looks.
public enum FieldValue: Hashable, Sendable {
  case text(String)
  case email(String)
  /// A size that may not have arrived yet.
  case bytes(LoadState<CloudSize>)
  case date(Date?)
  case role(Role?)
  case flag(Bool?)
  /// A count.
  case number(Int?)
  /// How much of its quota a cloud uses, by its size, which may not have arrived yet.
  case usage(LoadState<CloudSize>)
  /// The names of other records.
  case references([String])
  /// A name in a graph: `prefix` draws the branches from the root (`└ `), empty at a root.
  case node(prefix: String, name: String)
  /// No value is known.
  case none
  /// The service sent a value that can't be read.
  case unreadable

  /// Text; `none` if it is missing or empty.
  public static func optional(_ text: String?) -> FieldValue {
    guard let text, !text.isEmpty else { return .none }
    return .text(text)
  }

  /// The id of a record; `unreadable` if the service gave none.
  public static func id<Record>(_ id: Identifier<Record>) -> FieldValue {
    id.isMissing ? .unreadable : .text(id.rawValue)
  }

  /// Whether there is nothing to show.
  fileprivate var isEmpty: Bool {
    switch self {
    case .text(""), .email(""), .none, .date(nil), .role(nil), .flag(nil), .number(nil), .references([]): true
    default: false
    }
  }
}

extension ListRecord {
  /// The value of a field; `unreadable` if it is empty because the field can't be read.
  ///
  /// - Parameter fields: the JSON names of the fields that the value is made from.
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
  /// The value as one line of plain text, in local time.
  ///
  /// - Parameter short: whether dates are shown as month and year.
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
    case .number(let number): number.map { $0 == 0 ? "–" : String($0) } ?? "—"
    case .usage(.waiting): ""
    case .usage(.loaded(let size)): size.usedText ?? "—"
    case .usage(.stale(let size, _)): size.usedText.map { $0 + "!" } ?? "—"
    case .usage(.failed): "?"
    case .references(let names): names.joined(separator: ", ")
    case .node(let prefix, let name): prefix + name
    case .none: "—"
    case .unreadable: "?"
    }
  }
}

extension FieldValue {
  /// The value for programs: bytes as integers, dates as ISO 8601 in UTC, roles as `--role` takes them, shares in whole
  /// percent; empty if none.
  public var machineText: String {
    switch self {
    case .text(let text), .email(let text): text
    case .bytes(let state): state.value?.bytes.map { String($0) } ?? ""
    case .date(let date): date.map { $0.formatted(.iso8601) } ?? ""
    case .role(let role): role.map(RoleText.word) ?? ""
    case .flag(let flag): flag.map { $0 ? "true" : "false" } ?? ""
    case .number(let number): number.map { String($0) } ?? ""
    case .usage(let state): state.value?.usedShare.map { String(Int($0 * 100)) } ?? ""
    case .references(let names): names.joined(separator: ", ")
    case .node(_, let name): name
    case .none: ""
    case .unreadable: plainText()
    }
  }
}

extension FieldValue {
  /// What the words of a filter are looked for in: the value as a row shows it; empty if none is known.
  var searchText: String {
    switch self {
    case .none, .unreadable, .date(nil), .role(nil), .flag(nil), .number(nil), .bytes(.failed), .usage(.failed): ""
    case .bytes(let state): state.value?.bytes == nil ? "" : plainText()
    case .usage(let state): state.value?.usedText ?? ""
    case .node(_, let name): name
    default: plainText(short: true)
    }
  }

  /// What rows are sorted by: numbers by value, other values as folded text.
  var sortKey: SortKey {
    switch self {
    case .date(let date): date.map { .number($0.timeIntervalSince1970) } ?? .missing
    case .role(let role): role.map { .number(Double($0.rawValue)) } ?? .missing
    case .bytes(let state): state.value?.bytes.map { .number(Double($0)) } ?? .missing
    case .usage(let state): state.value?.usedShare.map { .number($0) } ?? .missing
    case .number(let number): number.map { .number(Double($0)) } ?? .missing
    case .none, .unreadable: .missing
    case .text(let text), .email(let text), .node(_, let text): .folded(text)
    case .flag, .references: .folded(machineText)
    }
  }
}

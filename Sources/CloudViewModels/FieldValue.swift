import CloudAPI
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

  /// Text where there is some, `none` otherwise.
  public static func optional(_ text: String?) -> FieldValue {
    guard let text, !text.isEmpty else { return .none }
    return .text(text)
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
    }
  }
}

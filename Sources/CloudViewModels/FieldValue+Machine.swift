import CloudAPI
import CloudChanges
import FoundationEssentials

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

/// Who made a record, as the service says.
public enum Author: Hashable, Sendable {
  /// Somebody by their id, with what they are called.
  case person(id: String, name: String)
  /// An application's key: the service doesn't tell which.
  case application

  /// What a person is called; `nil` for an application, or where nothing is known of them.
  var name: String? {
    if case .person(_, let name) = self, !name.isEmpty { name } else { nil }
  }

  public static func == (left: Author, right: Author) -> Bool {
    switch (left, right) {
    case (.person(let left, _), .person(let right, _)): left == right
    case (.application, .application): true
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    if case .person(let id, _) = self { hasher.combine(id) }
  }
}

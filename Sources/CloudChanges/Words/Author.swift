/// The author of a record, according to the service.
public enum Author: Hashable, Sendable {
  /// A person, identified by id, with their name.
  case person(id: String, name: String)
  /// An application key; the service doesn't say which.
  case application

  /// The name of a person; `nil` for an application, or if it isn't known.
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

import CloudAPI

/// How roles are called.
public enum RoleText {
  /// `Admin`, `User`, `Guest`, `Role 70`, or `—` where none is known.
  public static func title(_ role: Role?) -> String {
    switch role {
    case .admin: "Admin"
    case .user: "User"
    case .guest: "Guest"
    case .some(let role): "Role \(role.rawValue)"
    case nil: "—"
    }
  }

  /// The role as programs take it: `admin`, `user`, `guest` or the API's number.
  public static func word(_ role: Role) -> String {
    switch role {
    case .admin: "admin"
    case .user: "user"
    case .guest: "guest"
    default: String(role.rawValue)
    }
  }
}

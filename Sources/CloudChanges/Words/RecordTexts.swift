public import CloudAPI

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

/// How a user is called.
public enum UserText {
  /// The full name, else the e-mail, else `user 12`.
  public static let title: @Sendable (User) -> String = { user in
    if !user.fullName.isEmpty { return user.fullName }
    if let email = user.email, !email.isEmpty { return email }
    return "user \(user.id)"
  }

  /// `Ada Lovelace, ada@atelier.example`.
  public static func nameAndEmail(_ user: User) -> String {
    [user.fullName, user.email ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}

/// A number with its noun.
public enum Count {
  /// `48 users`, `1 user`, `? users` where the number isn't known.
  public static func text(_ number: Int?, _ singular: String, _ plural: String) -> String {
    guard let number else { return "? " + plural }
    return number == 1 ? "1 " + singular : "\(number) " + plural
  }
}

extension String {
  /// Without white space at both ends.
  public func trimmingBlanks() -> String {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? start
    return String(self[start..<end])
  }
}

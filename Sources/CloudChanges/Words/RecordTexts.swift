public import CloudAPI

/// Roles as text.
public enum RoleText {
  /// `Admin`, `User`, `Guest`, `Role 70`, or `—` if it is unknown.
  public static func title(_ role: Role?) -> String {
    switch role {
    case .admin: "Admin"
    case .user: "User"
    case .guest: "Guest"
    case .some(let role): "Role \(role.rawValue)"
    case nil: "—"
    }
  }

  /// The role as programs accept it: `admin`, `user`, `guest` or the API's number.
  public static func word(_ role: Role) -> String {
    switch role {
    case .admin: "admin"
    case .user: "user"
    case .guest: "guest"
    default: String(role.rawValue)
    }
  }
}

/// Users as text.
public enum UserText {
  /// The full name, else the e-mail address, else `user 12`.
  public static let title: @Sendable (User) -> String = { user in
    if !user.fullName.isEmpty { return user.fullName }
    if let email = user.email, !email.isEmpty { return email }
    return "user \(user.id)"
  }

  /// Whether an address is that of the user of skydeck.
  ///
  /// - Parameter me: compared without case; `nil` if it isn't known.
  public static func isMe(_ address: String?, _ me: String?) -> Bool {
    guard let address, let me else { return false }
    return address.addressKey == me.addressKey
  }

  /// A name, with “(you)” after that of the user of skydeck.
  public static func marked(_ name: String, isMe: Bool) -> String {
    guard isMe else { return name }
    return name.isEmpty ? "(you)" : "\(name) (you)"
  }

  /// `Ada Lovelace, ada@atelier.example`.
  public static func nameAndEmail(_ user: User) -> String {
    [user.fullName, user.email ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}

/// A number with its noun.
public enum Count {
  /// `48 users`, `1 user`, or `? users` if the number is unknown.
  public static func text(_ number: Int?, _ singular: String, _ plural: String) -> String {
    guard let number else { return "? " + plural }
    return number == 1 ? "1 " + singular : "\(number) " + plural
  }

  /// `12,000 people`, `1 person`.
  public static func people(_ number: Int) -> String {
    number == 1 ? "1 person" : grouped(number) + " people"
  }

  /// A number with grouped digits: `12,000`.
  public static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
    return (number < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }
}

extension String {
  /// The text without white space at both ends.
  public func trimmingBlanks() -> String {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? start
    return String(self[start..<end])
  }
}

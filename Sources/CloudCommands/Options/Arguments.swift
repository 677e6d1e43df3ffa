import ArgumentParser
import CloudAPI
import CloudViewModels

/// The id of a record: any text that can be a path segment (RFC 3986 removes the segments `.` and `..`).
struct IDArgument: ExpressibleByArgument, Hashable, Sendable {
  let text: String

  init?(argument: String) {
    guard !["", ".", ".."].contains(argument) else { return nil }
    text = argument
  }
}

/// The cloud that a command acts on.
struct CloudArgument: ParsableArguments {
  @Argument(help: "The cloud's id.")
  var cloud: IDArgument

  var id: Cloud.ID { Cloud.ID(rawValue: cloud.text) }
}

/// A role: `admin`, `user`, `guest` or the API's number.
struct RoleArgument: ExpressibleByArgument, Hashable, Sendable {
  let role: Role

  init?(argument: String) {
    switch argument.lowercased() {
    case "admin": role = .admin
    case "user": role = .user
    case "guest": role = .guest
    default:
      guard let number = Int(argument), number >= 0 else { return nil }
      role = Role(rawValue: number)
    }
  }

  static var allValueStrings: [String] { ["admin", "user"] }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

/// A role in projects.
struct ProjectRoleArgument: ExpressibleByArgument, Hashable, Sendable {
  let role: Role

  init?(argument: String) {
    guard let role = RoleArgument(argument: argument)?.role else { return nil }
    self.role = role
  }

  static var allValueStrings: [String] { RoleArgument.allValueStrings + ["guest"] }
}

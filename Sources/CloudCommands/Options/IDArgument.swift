import ArgumentParser

/// The id of a record: anything that can stand in a path (RFC 3986 drops the segments `.` and `..`).
struct IDArgument: ExpressibleByArgument, Hashable, Sendable {
  let text: String

  init?(argument: String) {
    guard !["", ".", ".."].contains(argument) else { return nil }
    text = argument
  }
}

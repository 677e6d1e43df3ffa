/// The choice of users by the current edition's query: all that is given must hold, upper and lower case being
/// different, as they are to the framework's lookups of these names.
struct EmailFilter: Sendable {
  private let exact: String?
  private let part: String?
  private let start: String?
  private let end: String?

  init(_ query: URLEncodedForm) {
    exact = query["email"]
    part = query["email__contains"]
    start = query["email__startswith"]
    end = query["email__endswith"]
  }

  func matches(_ email: String) -> Bool {
    if let exact, email != exact { return false }
    if let part, !email.contains(part) { return false }
    if let start, !email.hasPrefix(start) { return false }
    if let end, !email.hasSuffix(end) { return false }
    return true
  }
}

/// The users that a filter lets through.
struct FilteredMembers: JSONWritable {
  let members: Members
  let filter: EmailFilter

  func write(to writer: inout JSONWriter) {
    writer.array { array in
      members.visit { if filter.matches($0.email) { array.element($0) } }
    }
  }
}

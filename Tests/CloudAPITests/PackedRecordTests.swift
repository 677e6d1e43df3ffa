import CloudAPI
import FoundationEssentials
import Testing

@Suite struct PackedRecordTests {
  private static let users = [
    User(id: 7),
    User(id: User.ID(rawValue: ""), email: "", company: "", firstName: "", lastName: ""),
    User(
      id: User.ID(rawValue: "a-b"), email: "zoë@example.com", company: String(repeating: "Ærø ", count: 5_000),
      firstName: "👩‍👩‍👧",
      lastName: "\u{0}\n", createdAt: Date(timeIntervalSince1970: 0.25), updatedAt: .distantFuture, cloudRole: .admin),
    User(id: 8, cloudRole: Role(rawValue: -1), projectRole: Role(rawValue: .max), isInAllProjects: false),
    User(id: 9, createdAt: .distantPast, cloudRole: Role(rawValue: .min + 1), provider: "", isInAllProjects: true),
    User(id: 10, provider: "sso", subject: "s-1", profilePicture: "https://example.com/p.png"),
  ]

  @Test(arguments: users) func `A user comes back as it was written`(user: User) {
    var writer = RecordWriter(appendingTo: [])
    user.write(to: &writer)
    var reader = RecordReader(writer.bytes, at: 0)
    #expect(User(from: &reader) == user)
  }

  @Test func `Users that stand one behind the other are read from where each begins`() {
    var bytes: [UInt8] = [1, 2, 3]
    var starts: [Int] = []
    for user in Self.users {
      starts.append(bytes.count)
      var writer = RecordWriter(appendingTo: bytes)
      user.write(to: &writer)
      bytes = writer.bytes
    }
    let read = starts.map { start in
      var reader = RecordReader(bytes, at: start)
      return User(from: &reader)
    }
    #expect(read == Self.users)
  }
}

public import CloudAPI
public import FoundationEssentials

/// One of the two lists that tell who has access to a cloud.
public struct AccessList: Hashable, Sendable {
  public enum Kind: CaseIterable, Hashable, Sendable {
    case users, invitations
  }

  public let cloud: Cloud.ID
  public let kind: Kind

  public init(_ kind: Kind, of cloud: Cloud.ID) {
    self.kind = kind
    self.cloud = cloud
  }
}

/// The response to the request for one list.
public struct AccessReading: Sendable {
  public enum Result: Sendable {
    case users(PackedUsers)
    case invitations([CloudInvitation])
    /// The list could not be read.
    case failed(CloudAPIError)
    /// The cloud doesn't exist any more.
    case gone
  }

  public let list: AccessList
  /// When the request began: the list may lack changes that were made later.
  public let began: Date
  public let result: Result

  public init(_ list: AccessList, began: Date, _ result: Result) {
    self.list = list
    self.began = began
    self.result = result
  }
}

/// The users of one cloud, packed: an index holds hundreds of thousands.
public struct PackedUsers: RandomAccessCollection, Sendable {
  private var bytes: [UInt8] = []
  /// The start offset of each user.
  private var starts: [UInt32] = []

  public init(_ users: some Sequence<User> = []) {
    append(contentsOf: users)
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { starts.count }

  public subscript(position: Int) -> User {
    var reader = RecordReader(bytes, at: Int(starts[position]))
    return User(from: &reader)
  }

  public mutating func append(contentsOf users: some Sequence<User>) {
    var writer = RecordWriter(appendingTo: bytes)
    // The writer must be the only owner of the bytes, or it would copy them.
    bytes = []
    for user in users {
      starts.append(UInt32(writer.bytes.count))
      user.write(to: &writer)
    }
    bytes = writer.bytes
  }

  /// Releases the memory that was reserved while the list grew.
  mutating func compact() {
    (bytes, starts) = (Array(bytes[...]), Array(starts[...]))
  }
}

public import CloudAPI

/// The id of a cloud, with its name.
public struct CloudReference: Hashable, Sendable, Codable {
  public let id: Cloud.ID
  public let name: String

  public init(id: Cloud.ID, name: String) {
    self.id = id
    self.name = name
  }
}

/// A record of the service that a change can be about.
public protocol ServiceRecord: Identifiable, Hashable, Sendable, Decodable where ID == Identifier<Self> {
  static var kind: RecordKind { get }

  /// - Returns: `nil` if the snapshot is of another kind.
  init?(_ snapshot: Snapshot)

  var snapshot: Snapshot { get }
}

/// A record as it was read at some time.
public enum Snapshot: Hashable, Sendable {
  case cloud(Cloud)
  case user(User)
  case invitation(CloudInvitation)
  case processor(Processor)

  public var kind: RecordKind {
    switch self {
    case .cloud: .cloud
    case .user: .user
    case .invitation: .invitation
    case .processor: .processor
    }
  }

  /// The record's id.
  public var id: String {
    switch self {
    case .cloud(let cloud): cloud.id.rawValue
    case .user(let user): user.id.rawValue
    case .invitation(let invitation): invitation.id.rawValue
    case .processor(let processor): processor.id.rawValue
    }
  }

  /// The title of the record: its name or e-mail address, else its kind and id.
  public var title: String {
    switch self {
    case .cloud(let cloud): cloud.name.isEmpty ? "cloud \(cloud.id)" : cloud.name
    case .user(let user): UserText.title(user)
    case .invitation(let invitation): invitation.email.isEmpty ? "invitation \(invitation.id)" : invitation.email
    case .processor(let processor): processor.name.isEmpty ? "processor \(processor.id)" : processor.name
    }
  }
}

extension Cloud: ServiceRecord {
  public static let kind = RecordKind.cloud

  public init?(_ snapshot: Snapshot) {
    guard case .cloud(let cloud) = snapshot else { return nil }
    self = cloud
  }

  public var snapshot: Snapshot { .cloud(self) }
}

extension User: ServiceRecord {
  public static let kind = RecordKind.user

  public init?(_ snapshot: Snapshot) {
    guard case .user(let user) = snapshot else { return nil }
    self = user
  }

  public var snapshot: Snapshot { .user(self) }
}

extension CloudInvitation: ServiceRecord {
  public static let kind = RecordKind.invitation

  public init?(_ snapshot: Snapshot) {
    guard case .invitation(let invitation) = snapshot else { return nil }
    self = invitation
  }

  public var snapshot: Snapshot { .invitation(self) }
}

extension Processor: ServiceRecord {
  public static let kind = RecordKind.processor

  public init?(_ snapshot: Snapshot) {
    guard case .processor(let processor) = snapshot else { return nil }
    self = processor
  }

  public var snapshot: Snapshot { .processor(self) }
}

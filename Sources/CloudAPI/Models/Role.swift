/// What a member may do, as the number that the API uses. Numbers without a name here are kept and shown as they are.
public struct Role: RawRepresentable, Hashable, Sendable, Codable {
  public let rawValue: Int

  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// Manages the cloud and its members.
  public static let admin = Role(rawValue: 100)
  /// Works in the cloud.
  public static let user = Role(rawValue: 50)
  /// Sees single projects; the API has it in projects only.
  public static let guest = Role(rawValue: 25)
}

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

extension Role {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self.init(rawValue: number)
      return
    }
    // The decoder calls a document invalid for the sake of one number that is no Int.
    _ = try container.decode(Double.self)
    throw InvalidValue(path: container.codingPath, reason: "is no whole number")
  }
}

/// What a cloud belongs to in the current edition.
public struct Organization: Identifiable, Hashable, Sendable {
  public typealias ID = Identifier<Organization>

  public let id: ID
  public var name: String?

  public init(id: ID, name: String? = nil) {
    self.id = id
    self.name = name
  }
}

extension Organization: Decodable {
  private enum CodingKeys: String, CodingKey {
    case id
    case name
  }

  /// Accepts a bare id, too.
  public init(from decoder: any Decoder) throws {
    guard let container = try? decoder.container(keyedBy: CodingKeys.self) else {
      self.init(id: try ID(from: decoder))
      return
    }
    self.init(
      id: try container.decode(ID.self, forKey: .id), name: try container.decodeIfPresent(String.self, forKey: .name))
  }
}

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
    if let id = try? ID(from: decoder) {
      self.init(id: id)
      return
    }
    var fields = try FieldReader<CodingKeys>(decoder)
    self.init(id: try fields.id(.id), name: fields.text(.name))
  }
}

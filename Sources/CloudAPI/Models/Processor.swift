/// A processing step that runs on each uploaded model, after its parents.
public struct Processor: Identifiable, Hashable, Sendable {
  public typealias ID = Identifier<Processor>

  public let id: ID
  /// 1 to 50 characters.
  public var name: String
  /// The processors of the same cloud that must end before this one starts.
  public var parentProcessors: [ID]
  public internal(set) var oddities: [FieldOddity] = []

  public init(id: ID, name: String, parentProcessors: [ID] = []) {
    self.id = id
    self.name = name
    self.parentProcessors = parentProcessors
  }
}

/// The body of POST and PUT for a processor.
public struct ProcessorDraft: Hashable, Sendable, Codable {
  /// 1 to 50 characters.
  public var name: String
  public var parentProcessors: [Processor.ID]

  public init(name: String, parentProcessors: [Processor.ID] = []) {
    self.name = name
    self.parentProcessors = parentProcessors
  }

  enum CodingKeys: String, CodingKey {
    case name
    case parentProcessors = "parent_processors"
  }
}

/// The body of PATCH for a processor: only the fields that are set are sent.
public struct ProcessorPatch: Hashable, Sendable, Codable {
  public var name: String?
  public var parentProcessors: [Processor.ID]?

  public init(name: String? = nil, parentProcessors: [Processor.ID]? = nil) {
    self.name = name
    self.parentProcessors = parentProcessors
  }

  enum CodingKeys: String, CodingKey {
    case name
    case parentProcessors = "parent_processors"
  }
}

extension Processor: Decodable {
  private enum CodingKeys: String, CodingKey {
    case id
    case name
    case parentProcessors = "parent_processors"
  }

  public init(from decoder: any Decoder) throws {
    var fields = try FieldReader<CodingKeys>(decoder)
    self.init(
      id: try fields.id(.id), name: fields.requiredText(.name), parentProcessors: fields.list(.parentProcessors))
    oddities = fields.oddities
  }
}

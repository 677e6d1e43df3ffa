/// The id of one kind of record, so that a user's id can't be passed where a cloud's is meant.
///
/// The API documents ids as integers in JSON and as strings in paths, and services have sent both: they are kept
/// as text, compared as numbers where they are numbers.
public struct Identifier<Record>: Hashable, Sendable, RawRepresentable {
  /// The id as it stands in a path, unescaped.
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  public init(_ number: Int) {
    self.rawValue = String(number)
  }

  /// - Parameter pathSegment: one segment of an address's path, escaped or not.
  public init(pathSegment: some StringProtocol) {
    rawValue = PercentEncoding.unescaped(pathSegment) ?? String(pathSegment)
  }

  /// The id as one segment of an address's path, escaped.
  public var pathSegment: String { PercentEncoding.escaped(rawValue) }
}

extension Identifier: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) {
    self.init(value)
  }
}

extension Identifier: CustomStringConvertible {
  public var description: String { rawValue }
}

extension Identifier: Comparable {
  /// Numbers by value and before other ids, which sort as text.
  public static func < (left: Identifier, right: Identifier) -> Bool {
    switch (Int(left.rawValue), Int(right.rawValue)) {
    case (let left?, let right?): left < right
    case (.some, nil): true
    case (nil, .some): false
    case (nil, nil): left.rawValue < right.rawValue
    }
  }
}

extension Identifier: Codable {
  /// Accepts an integer or a string.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self.init(number)
    } else if let text = try? container.decode(String.self) {
      self.init(rawValue: text)
    } else {
      let reason = container.decodeNil() ? "is null" : "is neither a whole number nor text"
      throw InvalidValue(path: container.codingPath, reason: reason)
    }
  }

  /// Writes an integer where the id is one, as the API documents.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let number = Int(rawValue) {
      try container.encode(number)
    } else {
      try container.encode(rawValue)
    }
  }
}

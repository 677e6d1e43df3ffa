/// The id of one kind of record, so that a user's id can't be passed in place of a cloud's.
///
/// The API documents ids as integers in JSON and as strings in paths, and services have sent both. Ids are kept as
/// text; those that are numbers are ordered as numbers.
public struct Identifier<Record>: Hashable, Sendable, RawRepresentable {
  /// The id as it is written in a path, unescaped.
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  public init(_ number: Int) {
    self.rawValue = String(number)
  }

  /// - Parameter pathSegment: one segment of an address's path, percent-encoded or not.
  public init(pathSegment: some StringProtocol) {
    rawValue = PercentEncoding.unescaped(pathSegment) ?? String(pathSegment)
  }

  /// The id as one segment of an address's path, percent-encoded.
  public var pathSegment: String { PercentEncoding.escaped(rawValue) }
}

extension Identifier {
  /// Marks the id of a record that came without one; the record's position follows. No real id begins with it.
  private static var missing: String { "\0" }

  /// Identifies a record of a list for which the service sent no id. Nothing can be sent for it.
  init(missingAt place: Int) {
    self.init(rawValue: Self.missing + String(place))
  }

  /// Whether the service sent no id.
  public var isMissing: Bool { rawValue.isEmpty || rawValue.hasPrefix(Self.missing) }

  /// Whether a text can be an id: it has a limited length, and doesn't mark a missing id.
  static func isUsable(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= TextLimit.id && !text.hasPrefix(missing)
  }
}

extension Identifier: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) {
    self.init(value)
  }
}

extension Identifier: CustomStringConvertible {
  /// A question mark for a missing id.
  public var description: String { isMissing ? "?" : rawValue }
}

extension Identifier: Comparable {
  /// Orders numbers by value, before other ids, which are ordered as text.
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
      guard Self.isUsable(text) else {
        let reason = text.isEmpty ? "is empty" : "is text that can't be an id"
        throw InvalidValue(path: container.codingPath, reason: reason)
      }
      self.init(rawValue: text)
    } else {
      let reason = container.decodeNil() ? "is null" : "is neither a whole number nor text"
      throw InvalidValue(path: container.codingPath, reason: reason)
    }
  }

  /// Writes an integer if the id is one, as the API documents.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let number = Int(rawValue) {
      try container.encode(number)
    } else {
      try container.encode(rawValue)
    }
  }
}

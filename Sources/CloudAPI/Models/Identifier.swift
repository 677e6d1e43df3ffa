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

extension Identifier {
  /// What no id begins with, and a record's place stands behind that came without one.
  private static var missing: String { "\0" }

  /// Tells a record from the others of its list for which the service gave no id. Nothing can be sent for it.
  init(missingAt place: Int) {
    self.init(rawValue: Self.missing + String(place))
  }

  /// Whether the service gave none.
  public var isMissing: Bool { rawValue.isEmpty || rawValue.hasPrefix(Self.missing) }

  /// Whether text can be an id: not without end, and none that stands for a missing one.
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
  /// A question mark for a missing one.
  public var description: String { isMissing ? "?" : rawValue }
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

import FoundationEssentials

extension KeyedDecodingContainer {
  /// A date; `nil` where it is absent or null.
  func decodeDateIfPresent(forKey key: Key) throws -> Date? {
    guard let text = try decodeIfPresent(String.self, forKey: key) else { return nil }
    guard let date = ISO8601.parse(text) else {
      // A long text is not quoted in part: a cut through a key would hide it from masking.
      let quoted = text.count <= 40 ? ": “\(text)”" : " but \(text.count) characters of text"
      throw InvalidValue(path: codingPath + [key], reason: "is no date" + quoted)
    }
    return date
  }

  /// A list; empty where it is absent or null.
  func decodeListIfPresent<Element: Decodable>(forKey key: Key) throws -> [Element] {
    try decodeIfPresent([Element].self, forKey: key) ?? []
  }
}

extension CloudSize: Decodable {
  private enum CodingKeys: String, CodingKey {
    case totalSize = "total_size"
  }

  /// Accepts a bare number of bytes, as the classic edition answers, and the current edition's object with
  /// `total_size`. Numbers may be written as text or with a fraction.
  public init(from decoder: any Decoder) throws {
    let count: ByteCount
    if let container = try? decoder.container(keyedBy: CodingKeys.self) {
      count = try container.decode(ByteCount.self, forKey: .totalSize)
    } else {
      count = try ByteCount(from: decoder)
    }
    self.init(bytes: count.value)
  }
}

/// A number of bytes in whichever way it is written.
private struct ByteCount: Decodable {
  let value: Int64

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let number: Int64?
    if let integer = try? container.decode(Int64.self) {
      number = integer
    } else if let text = try? container.decode(String.self) {
      number = Int64(text) ?? Double(text).flatMap { Int64(exactly: $0.rounded()) }
    } else {
      number = Int64(exactly: try container.decode(Double.self).rounded())
    }
    guard let number, number >= 0 else {
      throw InvalidValue(path: container.codingPath, reason: "is no number of bytes")
    }
    value = number
  }
}

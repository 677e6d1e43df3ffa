extension CloudSize: Decodable {
  private enum CodingKeys: String, CodingKey {
    case totalSize = "total_size"
    case capacity = "total_size_available"
    case remaining = "remaining_total_size"
    case remainingPercent = "remaining_total_size_percent"
    case manager = "managed_by"
    case role
  }

  /// Accepts a bare number of bytes, as the classic edition answers, and the current edition's object, in which any
  /// field may be null or absent. Numbers may be written as text or with a fraction.
  public init(from decoder: any Decoder) throws {
    guard let container = try? decoder.container(keyedBy: CodingKeys.self) else {
      self.init(bytes: try ByteCount(from: decoder).value)
      return
    }
    guard !container.allKeys.isEmpty else {
      throw InvalidValue(path: container.codingPath + [CodingKeys.totalSize], reason: "is missing")
    }
    // An odd one of these costs no number.
    var fields = try FieldReader<CodingKeys>(decoder)
    self.init(
      bytes: try container.decodeIfPresent(ByteCount.self, forKey: .totalSize)?.value,
      quota: Quota(
        manager: fields.text(.manager).map(Quota.Manager.init(rawValue:)),
        role: fields.role(.role),
        capacity: try container.decodeIfPresent(ByteCount.self, forKey: .capacity)?.value,
        remaining: try container.decodeIfPresent(Remainder.self, forKey: .remaining)?.value,
        remainingPercent: try container.decodeIfPresent(Percentage.self, forKey: .remainingPercent)?.value))
  }
}

/// What remains of a quota; services that let a cloud grow beyond it count below zero.
private struct Remainder: Decodable {
  let value: Int64

  init(from decoder: any Decoder) throws {
    if let number = try? Double(from: decoder), number < 0 {
      value = 0
    } else {
      value = try ByteCount(from: decoder).value
    }
  }
}

/// A number from 0 to 100 in whichever way it is written.
private struct Percentage: Decodable {
  let value: Double

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let number = (try? container.decode(Double.self)) ?? (try? container.decode(String.self)).flatMap { Double($0) }
    guard let number, !number.isNaN else {
      throw InvalidValue(path: container.codingPath, reason: "is no percentage")
    }
    value = min(max(number, 0), 100)
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

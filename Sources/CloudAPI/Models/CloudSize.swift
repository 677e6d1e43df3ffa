/// How many bytes a cloud holds and, in the current edition, how many it may hold.
public struct CloudSize: Hashable, Sendable {
  /// Bytes of all files; `nil` if the service doesn't tell: the current edition tells only admins of the cloud.
  public var bytes: Int64?
  /// `nil` in the classic edition, which has none.
  public var quota: Quota?

  public init(bytes: Int64?, quota: Quota? = nil) {
    self.bytes = bytes
    self.quota = quota
  }

  /// How full the cloud is; `nil` if the service doesn't tell enough to know.
  public var level: Quota.Level? {
    guard let quota else { return nil }
    if quota.remaining == 0 || quota.remainingPercent.map({ $0 <= 0 }) == true { return .full }
    if let bytes, let capacity = quota.capacity {
      return bytes >= capacity ? .full : Quota.Level(used: Double(bytes) / Double(capacity))
    }
    return quota.remainingPercent.map { Quota.Level(used: 1 - $0 / 100) }
  }
}

extension CloudSize: Decodable {
  private enum CodingKeys: String, CodingKey {
    case totalSize = "total_size"
    case capacity = "total_size_available"
    case remaining = "remaining_total_size"
    case remainingPercent = "remaining_total_size_percent"
    case manager = "managed_by"
    case role
  }

  /// Accepts a bare number of bytes, as the classic edition sends, and the current edition's object, in which any field
  /// may be null or absent. Numbers may be written as text or with a fraction.
  public init(from decoder: any Decoder) throws {
    guard let container = try? decoder.container(keyedBy: CodingKeys.self) else {
      self.init(bytes: try ByteCount(from: decoder).value)
      return
    }
    guard !container.allKeys.isEmpty else {
      throw InvalidValue(path: container.codingPath + [CodingKeys.totalSize], reason: "is missing")
    }
    // An unexpected value in one of these fields doesn't affect the numbers.
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

/// The rest of a quota; services that let a cloud exceed its quota send a negative number.
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

/// A number from 0 to 100 as a JSON number or text.
private struct Percentage: Decodable {
  let value: Double

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let number = (try? container.decode(Double.self)) ?? (try? container.decode(String.self)).flatMap { Double($0) }
    guard let number, !number.isNaN else {
      throw InvalidValue(path: container.codingPath, reason: "is not a percentage")
    }
    value = min(max(number, 0), 100)
  }
}

/// A number of bytes as a JSON number or text.
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
      throw InvalidValue(path: container.codingPath, reason: "is not a number of bytes")
    }
    value = number
  }
}

/// How much a cloud may hold, as the current edition tells. Users who aren't admins of the cloud are told only what
/// remains, and so is everybody if there is no limit.
public struct Quota: Hashable, Sendable {
  /// Who sets the limit.
  public struct Manager: RawRepresentable, Hashable, Sendable, Codable {
    public let rawValue: String

    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The platform's plan sets it.
    public static let platform = Manager(rawValue: "BIMDATA_PLATFORM")
    public static let organization = Manager(rawValue: "ORGANIZATION")
  }

  /// How full a cloud is, by the thresholds of BIMData's web platform: green up to 66 %, amber up to 80 %, red above,
  /// and "Full" when nothing remains.
  public enum Level: Hashable, Sendable {
    case good, warning, critical, full

    /// - Parameter used: the used share, from 0 to 1.
    init(used: Double) {
      self = used <= 0.66 ? .good : used <= 0.8 ? .warning : used < 1 ? .critical : .full
    }
  }

  public var manager: Manager?
  /// The role in the cloud of the user who asks.
  public var role: Role?
  /// The most bytes that the cloud may hold, including those it holds (`total_size_available`).
  public var capacity: Int64?
  /// The bytes that may still be added, never negative (`remaining_total_size`).
  public var remaining: Int64?
  /// The percentage of the capacity that remains; 100 means all of it.
  public var remainingPercent: Double?

  public init(
    manager: Manager? = nil, role: Role? = nil, capacity: Int64? = nil, remaining: Int64? = nil,
    remainingPercent: Double? = nil
  ) {
    self.manager = manager
    self.role = role
    self.capacity = capacity
    self.remaining = remaining
    self.remainingPercent = remainingPercent
  }
}

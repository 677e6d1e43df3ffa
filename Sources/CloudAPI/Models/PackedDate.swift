import FoundationEssentials

/// A date that may be missing, in eight bytes.
struct PackedDate: Hashable, Sendable {
  /// No date is that number.
  private static let missing = UInt64.max

  var bits = Self.missing

  init(_ date: Date? = nil) {
    // Zero has two signs, which are equal.
    if let date { bits = (date.timeIntervalSinceReferenceDate + 0).bitPattern }
  }

  var date: Date? {
    bits == Self.missing ? nil : Date(timeIntervalSinceReferenceDate: Double(bitPattern: bits))
  }
}

/// A role that may be missing, in eight bytes. No service has one of the number that stands for that.
struct PackedRole: Hashable, Sendable {
  private var number = Int.min

  init(_ role: Role? = nil) {
    if let role { number = role.rawValue }
  }

  var role: Role? {
    number == Int.min ? nil : Role(rawValue: number)
  }
}

import FoundationEssentials

/// A model that can be stored as a few bytes, for lists with hundreds of thousands of records in memory.
public protocol PackedRecord: Sendable {
  /// Reads only the id, which comes first.
  static func id(from reader: inout RecordReader) -> Identifier<Self>

  /// Reads its members in the order in which they were written.
  init(from reader: inout RecordReader)

  /// Writes each member once, always in the same order.
  func write(to writer: inout RecordWriter)
}

/// Writes the members of records to bytes, one record after the other. The bytes are for memory only, not for files.
public struct RecordWriter {
  public private(set) var bytes: [UInt8]

  /// - Parameter bytes: the records written before.
  public init(appendingTo bytes: consuming [UInt8]) {
    self.bytes = bytes
  }

  public mutating func write(_ text: String?) {
    guard var text else { return write(number: 0) }
    text.withUTF8 { utf8 in
      write(number: UInt64(utf8.count) + 1)
      bytes.append(contentsOf: utf8)
    }
  }

  public mutating func write(_ number: Int?) {
    guard let number else { return write(number: 0) }
    bytes.append(1)
    // The sign is the lowest bit, so that small numbers of either sign are short.
    write(number: UInt64(bitPattern: Int64(number << 1 ^ number >> 63)))
  }

  mutating func write(_ flag: Bool) {
    bytes.append(flag ? 1 : 0)
  }

  /// Eight bytes.
  mutating func write(bits: UInt64) {
    withUnsafeBytes(of: bits) { bytes.append(contentsOf: $0) }
  }

  /// Seven bits per byte, the lowest first (LEB128).
  private mutating func write(number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// Reads the members of a record that was written by a ``RecordWriter``.
public struct RecordReader {
  private let bytes: [UInt8]
  private var position: Int

  /// - Parameter position: where the record begins.
  public init(_ bytes: [UInt8], at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  public mutating func text() -> String? {
    let length = number()
    guard length > 0 else { return nil }
    let end = position + Int(length - 1)
    defer { position = end }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }

  public mutating func integer() -> Int? {
    guard flag() else { return nil }
    let value = number()
    return Int(bitPattern: UInt(value >> 1)) ^ -Int(value & 1)
  }

  mutating func flag() -> Bool {
    defer { position += 1 }
    return bytes[position] > 0
  }

  mutating func bits() -> UInt64 {
    defer { position += 8 }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: UInt64.self) }
  }

  private mutating func number() -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = bytes[position]
      position += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
  }
}

/// An optional date in eight bytes.
struct PackedDate: Hashable, Sendable {
  /// The bits that no date has.
  private static let missing = UInt64.max

  var bits = Self.missing

  init(_ date: Date? = nil) {
    // Turns -0 into 0: the two are equal, but their bits differ.
    if let date { bits = (date.timeIntervalSinceReferenceDate + 0).bitPattern }
  }

  var date: Date? {
    bits == Self.missing ? nil : Date(timeIntervalSinceReferenceDate: Double(bitPattern: bits))
  }
}

/// An optional role in eight bytes. No service uses the number that stands for `nil`.
struct PackedRole: Hashable, Sendable {
  private var number = Int.min

  init(_ role: Role? = nil) {
    if let role { number = role.rawValue }
  }

  var role: Role? {
    number == Int.min ? nil : Role(rawValue: number)
  }
}

/// A model that can be kept as a few bytes, for lists of which hundreds of thousands are in memory.
public protocol PackedRecord: Sendable {
  /// An empty one, to be filled.
  init()

  /// Names each member to the coder once, always in the same order.
  mutating func code(_ coder: inout RecordCoder)
}

/// Writes the members of a record to bytes, or fills them from these. The bytes are for memory alone, never for a file.
public struct RecordCoder {
  private enum Direction {
    case writing, reading
  }

  public private(set) var bytes: [UInt8]
  private let direction: Direction
  private var position: Int

  /// Writes records one behind the other.
  ///
  /// - Parameter bytes: what is there already.
  public init(writingTo bytes: [UInt8]) {
    self.bytes = bytes
    (direction, position) = (.writing, 0)
  }

  /// Reads what was written, from a place on.
  public init(reading bytes: [UInt8], at position: Int) {
    self.bytes = bytes
    (direction, self.position) = (.reading, position)
  }

  mutating func code(_ text: inout String?) {
    switch direction {
    case .reading:
      let length = readNumber()
      guard length > 0 else {
        text = nil
        return
      }
      let end = position + Int(length - 1)
      text = String(decoding: bytes[position..<end], as: UTF8.self)
      position = end
    case .writing:
      guard var written = text else { return write(0) }
      written.withUTF8 { utf8 in
        write(UInt64(utf8.count) + 1)
        bytes.append(contentsOf: utf8)
      }
    }
  }

  mutating func code(_ number: inout Int?) {
    var flag: UInt64 = number == nil ? 0 : 1
    code(&flag)
    guard flag > 0 else {
      number = nil
      return
    }
    // The sign goes last, so that small numbers are short.
    var value = number.map { UInt64(bitPattern: Int64($0 << 1 ^ $0 >> 63)) } ?? 0
    code(&value)
    number = Int(bitPattern: UInt(value >> 1)) ^ -Int(value & 1)
  }

  /// Eight bytes.
  mutating func code(bits: inout UInt64) {
    switch direction {
    case .reading:
      bits = bytes[position..<(position + 8)].reduce(0) { $0 << 8 | UInt64($1) }
      position += 8
    case .writing:
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
      }
    }
  }

  private mutating func code(_ number: inout UInt64) {
    switch direction {
    case .reading: number = readNumber()
    case .writing: write(number)
    }
  }

  /// Seven bits a byte, the lowest first (LEB128).
  private mutating func write(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func readNumber() -> UInt64 {
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

/// The first place where bytes are no UTF-8, in the words of Python's codec.
struct InvalidUTF8: CustomStringConvertible {
  let description: String

  /// - Parameter bytes: known to be no valid UTF-8.
  init(in bytes: [UInt8]) {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var position = 0
    while case .valid(let scalar) = parser.parseScalar(from: &iterator) { position += scalar.count }
    guard position < bytes.count else {
      description = "'utf-8' codec can't decode bytes"
      return
    }
    let byte = bytes[position]
    let length = byte < 0xC2 || byte > 0xF4 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    let continuations = bytes[(position + 1)...].prefix(length - 1).prefix { (0x80..<0xC0).contains($0) }.count
    let reason =
      length == 1
      ? "invalid start byte"
      : position + 1 + continuations == bytes.count ? "unexpected end of data" : "invalid continuation byte"
    let place =
      continuations == 0 || length == 1
      ? "byte 0x\(String(byte, radix: 16)) in position \(position)"
      : "bytes in position \(position)-\(position + continuations)"
    description = "'utf-8' codec can't decode \(place): \(reason)"
  }
}

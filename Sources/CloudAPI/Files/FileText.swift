/// Decodes a text file, which must be UTF-8: other bytes would be misread.
package enum FileText {
  /// Why bytes aren't UTF-8 text.
  package enum Failure: Error, Equatable {
    /// UTF-16 or UTF-32, as its byte order mark says.
    case wide
    case null(Position)
    case invalid(Position, UInt8)

    /// Counted from 1, as editors do.
    package struct Position: Equatable, Sendable {
      package let line: Int
      package let byte: Int
    }

    /// The end of a sentence that begins with the file.
    package var message: String {
      switch self {
      case .wide: "is UTF-16 or UTF-32 text, and has to be UTF-8"
      case .null(let place): "holds a null byte in line \(place.line), byte \(place.byte)"
      case .invalid(let place, let byte):
        "is not UTF-8 text: line \(place.line), byte \(place.byte) is 0x\(String(byte, radix: 16, uppercase: true))"
      }
    }
  }

  /// The text, including a byte order mark at its start.
  package static func text(of bytes: [UInt8]) throws(Failure) -> String {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || bytes.starts(with: [0, 0, 0xFE, 0xFF])
    {
      throw .wide
    }
    if let index = bytes.firstIndex(of: 0) { throw .null(position(of: index, in: bytes)) }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let index = firstInvalid(in: bytes)
    throw .invalid(position(of: index, in: bytes), bytes[index])
  }

  /// The index of the first byte sequence that isn't a scalar.
  private static func firstInvalid(in bytes: [UInt8]) -> Int {
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var index = 0
    while case .valid(let scalar) = parser.parseScalar(from: &rest) { index += scalar.count }
    return min(index, bytes.count - 1)
  }

  private static func position(of index: Int, in bytes: [UInt8]) -> Failure.Position {
    let before = bytes[..<index]
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return Failure.Position(line: before.count { $0 == 0x0A } + 1, byte: index - start + 1)
  }
}

import CloudAPI

/// The lines of a command's standard input.
enum InputLines {
  /// The limit of the input, in bytes.
  private static let sizeLimit = 1 << 20

  /// A line that is not blank, with its number from 1.
  struct Line: Sendable {
    let number: Int
    let text: String
  }

  /// All lines to the end of the input, without a byte order mark.
  ///
  /// - Throws: `usage` if the input can't be read or is not text; `cancelled` after Ctrl-C.
  static func all(of input: any CommandInput) async throws(CommandFailure) -> [Line] {
    let bytes: [UInt8]?
    do throws(CommandInputError) {
      bytes = try await input.bytes(upTo: sizeLimit)
    } catch .unreadable(let reason) {
      throw .usage("Standard input can't be read: \(reason).")
    } catch {
      throw .usage("Standard input is larger than a megabyte: send it in parts.")
    }
    guard let bytes else { throw .api(CloudAPIError(.cancelled, request: "standard input")) }
    return try lines(in: bytes)
  }

  private static func lines(in bytes: [UInt8]) throws(CommandFailure) -> [Line] {
    var lines: [Line] = []
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      guard let text = String(validating: line, as: UTF8.self) else {
        throw .usage("Line \(index + 1) of standard input is not UTF-8 text. Nothing was sent.")
      }
      if !text.allSatisfy(\.isWhitespace) { lines.append(Line(number: index + 1, text: text)) }
    }
    return lines
  }
}

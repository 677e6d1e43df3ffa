import CloudAPI
import Dispatch

#if canImport(Glibc)
  import Glibc
#endif

/// What is piped into a command.
enum StandardInput {
  /// The largest that is read, in bytes.
  private static let sizeLimit = 1 << 20

  /// A line that holds something, and its number from 1.
  struct Line: Sendable {
    let number: Int
    let text: String
  }

  /// All lines to the end of the input. A mark of its encoding at its beginning is no part of them.
  ///
  /// - Throws: `usage` where it can't be read or is no text; `cancelled` after Ctrl-C.
  static func lines() async throws(CommandFailure) -> [Line] {
    let input = AsyncStream<Result<[UInt8], CommandFailure>>.makeStream()
    // On a thread of its own: whoever writes may take long, and Ctrl-C doesn't wait for it.
    DispatchQueue(label: "input").async {
      input.continuation.yield(Self.bytes())
      input.continuation.finish()
    }
    for await result in input.stream { return try lines(in: result.get()) }
    throw .api(CloudAPIError(.cancelled, request: "standard input"))
  }

  private static func bytes() -> Result<[UInt8], CommandFailure> {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(STDIN_FILENO, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(.usage("Standard input can't be read: \(String(cString: strerror(errno)))."))
      }
      if count == 0 { return .success(bytes) }
      bytes += chunk[..<count]
      guard bytes.count <= sizeLimit else {
        return .failure(.usage("Standard input is larger than a megabyte: send it in parts."))
      }
    }
  }

  static func lines(in bytes: [UInt8]) throws(CommandFailure) -> [Line] {
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

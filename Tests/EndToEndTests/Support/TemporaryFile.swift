import Glibc
import TerminalTestSupport

/// An empty file that is deleted with this object.
final class TemporaryFile {
  let path: String

  init(_ text: String = "") throws {
    var template = Array("/tmp/skydeck-story-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw TerminalTestError.system(call: "mkstemp", errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let bytes = Array(text.utf8)
    let written = write(descriptor, bytes, bytes.count)
    close(descriptor)
    guard written == bytes.count else { throw TerminalTestError.system(call: "write \(path)", errno) }
  }

  deinit { unlink(path) }

  func text() throws -> String { try Self.text(at: path) }

  static func text(at path: String) throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw TerminalTestError.system(call: "open \(path)", errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      let part = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
        count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
      }
      if part.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += part
    }
  }
}

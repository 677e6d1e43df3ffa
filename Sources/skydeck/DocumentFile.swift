import CloudAPI
import CloudConsole

#if canImport(Glibc)
  import Glibc
#endif

/// A file that only its owner can read, for the person's editor.
struct DocumentFile {
  private static let sizeLimit = 1 << 20

  let path: String

  init(path: String) {
    self.path = path
  }

  /// Makes a new file that holds the text.
  init(_ text: String, in directory: String) throws(EditorError) {
    var template = Array("\(directory)/skydeck-XXXXXX.json".utf8CString)
    let descriptor = mkstemps(&template, 5)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else {
      throw EditorError("No file could be made in \(directory): \(Self.reason()). Set TMPDIR to a directory with room.")
    }
    defer { close(descriptor) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        unlink(path)
        throw EditorError("The file \(path) could not be written: \(Self.reason()).")
      }
      bytes = bytes.dropFirst(count)
    }
  }

  /// The text as it is now. No link is followed: the folder is everybody's.
  func read() throws(EditorError) -> String {
    let bytes: [UInt8]
    do throws(RegularFile.Failure) {
      bytes = try RegularFile(readingAt: path, limit: Self.sizeLimit, links: .none).bytes
    } catch {
      throw EditorError("What the editor left in \(path) \(error.message), so nothing was sent.")
    }
    do throws(FileText.Failure) {
      let text = try FileText.text(of: bytes)
      // Some editors put a byte order mark before it.
      return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    } catch {
      throw EditorError(
        "What you wrote is kept in \(path), which \(error.message). So nothing was sent: have your editor write UTF-8.")
    }
  }

  var exists: Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  func remove() {
    unlink(path)
  }

  private static func reason() -> String {
    String(cString: strerror(errno))
  }
}

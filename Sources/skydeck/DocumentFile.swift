import CloudConsole

#if canImport(Glibc)
  import Glibc
#endif

/// A file that only its owner can read, for the person's editor.
struct DocumentFile {
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

  /// The text as it is now, a megabyte at most.
  func read() throws(EditorError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw EditorError("The file \(path) could not be read: \(Self.reason()).") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count < 1 << 20 {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      guard count >= 0 else { throw EditorError("The file \(path) could not be read: \(Self.reason()).") }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
    throw EditorError("The file \(path) is larger than a megabyte: nothing was sent.")
  }

  var exists: Bool { access(path, F_OK) == 0 }

  func remove() {
    unlink(path)
  }

  private static func reason() -> String {
    String(cString: strerror(errno))
  }
}

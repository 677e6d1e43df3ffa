import CloudAPI
import CloudConsole

#if canImport(Glibc)
  import Glibc
#endif

/// A file that only its owner can read, for the user's editor.
struct DocumentFile {
  private static let sizeLimit = 1 << 20

  let path: String

  init(path: String) {
    self.path = path
  }

  /// Creates a new file with the text.
  init(_ text: String, in directory: String) throws(EditorError) {
    var template = Array("\(directory)/skydeck-XXXXXX.json".utf8CString)
    let descriptor = mkstemps(&template, 5)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else {
      throw EditorError(
        "No file could be created in \(directory): \(Self.reason()). Set TMPDIR to a directory with room.")
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

  /// The current text. Links aren't followed, because everybody can write to the folder.
  func read() throws(EditorError) -> String {
    let bytes: [UInt8]
    do throws(RegularFile.Failure) {
      bytes = try RegularFile(readingAt: path, limit: Self.sizeLimit, links: .none).bytes
    } catch {
      throw EditorError("What the editor left in \(path) \(error.message), so nothing was sent.")
    }
    do throws(FileText.Failure) {
      let text = try FileText.text(of: bytes)
      // Some editors add a byte order mark.
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

/// The files of documents that were edited and not sent, so that their paths can be printed at the end.
struct EditedDocuments {
  private struct Document {
    let file: DocumentFile
    /// The content when the editor was started.
    let original: String
    var isOpen = true
  }

  /// Oldest first.
  private var documents: [Document] = []

  /// Records that an editor has opened the file.
  mutating func open(_ file: DocumentFile, holding text: String) {
    documents.append(Document(file: file, original: text))
  }

  /// Records that the editor has ended.
  mutating func close(_ file: DocumentFile) {
    for index in documents.indices where documents[index].file.path == file.path { documents[index].isOpen = false }
  }

  /// Removes the file: its content was sent or hasn't changed.
  mutating func discard(_ file: DocumentFile) {
    documents.removeAll { $0.file.path == file.path }
    file.remove()
  }

  /// One line for each file that contains, or may contain, unsent text. The other files are removed.
  mutating func lastWords() -> [String] {
    defer { documents = [] }
    return documents.compactMap { document in
      let path = document.file.path
      // When told to end, vim keeps unsaved text in a swap file, nano in a file that ends in .save.
      if document.isOpen {
        return "the editor was still open: what you saved is in \(path); most keep beside it what you hadn't (vim -r)"
      }
      let text: String
      do throws(EditorError) {
        text = try document.file.read()
      } catch {
        return document.file.exists ? "not sent: \(error.message)" : nil
      }
      if text != document.original { return "not sent, or unknown: what you wrote is in \(path)" }
      document.file.remove()
      return nil
    }
  }
}

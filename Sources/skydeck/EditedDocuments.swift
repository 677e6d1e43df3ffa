import CloudConsole

/// The files of documents that were edited and not sent, so that the end can say where they are.
struct EditedDocuments {
  private struct Document {
    let file: DocumentFile
    /// What it held when the editor got it.
    let original: String
    var isOpen = true
  }

  /// Oldest first.
  private var documents: [Document] = []

  /// An editor gets it.
  mutating func open(_ file: DocumentFile, holding text: String) {
    documents.append(Document(file: file, original: text))
  }

  /// The editor has ended.
  mutating func close(_ file: DocumentFile) {
    for index in documents.indices where documents[index].file.path == file.path { documents[index].isOpen = false }
  }

  /// Removes the file: what it holds was sent, or is nothing new.
  mutating func discard(_ file: DocumentFile) {
    documents.removeAll { $0.file.path == file.path }
    file.remove()
  }

  /// Where each one is that holds something new or may, a line each. The others are removed.
  mutating func lastWords() -> [String] {
    defer { documents = [] }
    return documents.compactMap { document in
      let path = document.file.path
      // Told to end, vim keeps what it hadn't saved in a swap file, nano in one that ends in .save.
      if document.isOpen {
        return "the editor was still open: what you saved is in \(path); most keep beside it what you hadn't (vim -r)"
      }
      let text: String
      do throws(EditorError) {
        text = try document.file.read()
      } catch {
        return document.file.exists ? "not sent: \(error.message)" : nil
      }
      if text != document.original { return "not sent, or not known to be: what you wrote is in \(path)" }
      document.file.remove()
      return nil
    }
  }
}

/// The parsed value of `--filter`: words to search for, and columns that must have a value.
struct FilterText {
  private(set) var words: [String] = []
  /// The names of columns, each with the text up to the next name.
  private(set) var conditions: [(column: String, value: String)] = []
  /// A name before an equals sign that is not the name of a column.
  private(set) var unknownColumn: String?

  /// - Parameter columns: the names of the existing columns.
  init(_ text: String, columns: [String]) {
    var value: [Substring] = []
    for word in text.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace) {
      let name = Self.name(before: word)
      if let name, columns.contains(name.lowercased()) {
        end(&value)
        conditions.append((name, ""))
        value = [word.dropFirst(name.count + 1)]
      } else if conditions.isEmpty {
        if unknownColumn == nil { unknownColumn = name }
        words.append(Self.unescaped(word))
      } else {
        value.append(word)
      }
    }
    end(&value)
  }

  /// The advice if a word was taken for the name of a column.
  static func escapeAdvice(_ name: String) -> String {
    " To search for the text itself, write \(name)\\=…"
  }

  private mutating func end(_ value: inout [Substring]) {
    guard let last = conditions.indices.last else { return }
    conditions[last].value = Self.unescaped(value.joined(separator: " "))
    value = []
  }

  /// The text before the first equals sign, if it could be the name of a column.
  private static func name(before word: Substring) -> String? {
    guard let end = word.firstIndex(of: "=") else { return nil }
    let name = word[..<end]
    return !name.isEmpty && name.allSatisfy { $0.isASCII && $0.isLetter || $0 == "_" } ? String(name) : nil
  }

  private static func unescaped(_ text: some StringProtocol) -> String {
    String(text).replacing("\\=", with: "=")
  }
}

import TextSafety

/// What the user types to confirm changes: the name of the record, or words that say what is done. Either is accepted.
public struct TypedText: Hashable, Sendable {
  /// What identifies the record for the user; `nil` if nothing can be typed as it is seen, or if there are several.
  public let name: Name?
  /// `delete cloud 3`: every screen shows them and every keyboard can type them.
  public let words: String

  /// A text that identifies a record.
  public struct Name: Hashable, Sendable {
    /// The kind of the text: `name`, `e-mail`.
    public let title: String
    public let text: String

    public init(title: String, text: String) {
      self.title = title
      self.text = text
    }
  }

  /// - Parameter name: left out if nobody can type it as it is seen.
  public init(_ name: Name? = nil, words: String) {
    self.name = name.flatMap { $0.text.isTypable ? $0 : nil }
    self.words = words
  }

  /// Whether the text confirms: letter by letter, without other blanks.
  public func isMet(by typed: String) -> Bool {
    typed == words || typed == name?.text
  }

  /// What to type: `the name or “delete cloud 3”`.
  ///
  /// - Parameter isNameShown: whether the screen shows the name; nobody types what they don't see.
  public func request(isNameShown: Bool = true) -> String {
    guard let name, isNameShown else { return "“\(words)”" }
    return "the \(name.title) or “\(words)”"
  }

  /// What is said if another text was typed: `That is not the name: type it as shown, or “delete cloud 3”.`
  public func correction(isNameShown: Bool = true) -> String {
    guard let name else { return "Those are not the words: type “\(words)”." }
    return "That is not the \(name.title): type " + (isNameShown ? "it as shown, or “\(words)”." : "“\(words)”.")
  }
}

extension TypedText? {
  /// Whether the text confirms; any text does if none is required.
  public func isMet(by typed: String) -> Bool {
    self.map { $0.isMet(by: typed) } ?? true
  }
}

extension String {
  /// Whether the user can type the text as seen: no control or invisible characters, no blanks at the ends or in a row.
  fileprivate var isTypable: Bool {
    !isEmpty && !hasPrefix(" ") && !hasSuffix(" ") && !contains("  ")
      && unicodeScalars.allSatisfy { $0.isTypable && ($0 == " " || $0.properties.generalCategory != .spaceSeparator) }
  }
}

extension Unicode.Scalar {
  /// Whether the character can be seen and typed: no control or invisible character.
  fileprivate var isTypable: Bool { !isHarmful && properties.generalCategory != .privateUse }
}

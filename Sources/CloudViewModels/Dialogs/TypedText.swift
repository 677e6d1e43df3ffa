import TextSafety

/// The text that the user types to confirm which record is meant.
public struct TypedText: Hashable, Sendable {
  /// The kind of the text: `name`, `e-mail`.
  public let title: String
  public let text: String
  /// The text as named in the request: `the name`, `“delete 3 clouds”`.
  public let request: String

  public init(title: String, text: String) {
    self.init(title: title, text: text, request: "the \(title)")
  }

  private init(title: String, text: String, request: String) {
    self.title = title
    self.text = text
    self.request = request
  }

  /// Words that describe the action, to be typed as shown.
  static func words(_ text: String) -> TypedText {
    TypedText(title: "words", text: text, request: "“\(text)”")
  }

  /// This text if the user can type it as seen, else the id.
  func orID(_ id: String) -> TypedText {
    text.isTypable ? self : .id(id)
  }

  /// The id of a record, which every screen shows and every keyboard can type.
  static func id(_ id: String) -> TypedText {
    TypedText(title: "id \(id)", text: id)
  }
}

extension TypedText {
  /// The message if another text was typed.
  var notDone: String { "Not done: what was typed is not \(request)." }
}

extension TypedText? {
  /// Whether the typed text confirms; any text does if none is required.
  func isMet(by typed: String) -> Bool {
    self.map { $0.text == typed } ?? true
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
  var isTypable: Bool { !isHarmful && properties.generalCategory != .privateUse }
}

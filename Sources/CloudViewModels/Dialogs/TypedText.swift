import TextSafety

/// What a person types to confirm that they mean one record and no other.
public struct TypedText: Hashable, Sendable {
  /// What it is: `name`, `e-mail`.
  public let title: String
  public let text: String
  /// How it is asked for: `the name`, `“delete 3 clouds”`.
  public let request: String

  public init(title: String, text: String) {
    self.init(title: title, text: text, request: "the \(title)")
  }

  private init(title: String, text: String, request: String) {
    self.title = title
    self.text = text
    self.request = request
  }

  /// Words that say what is done, to be typed as they are.
  static func words(_ text: String) -> TypedText {
    TypedText(title: "words", text: text, request: "“\(text)”")
  }

  /// This where a person who sees it can type it, else the id.
  func orID(_ id: String) -> TypedText {
    text.isTypable ? self : .id(id)
  }

  /// A record's id, which every screen shows and every keyboard types.
  static func id(_ id: String) -> TypedText {
    TypedText(title: "id \(id)", text: id)
  }
}

extension TypedText {
  /// What is said where something else was typed.
  var notDone: String { "Not done: what was typed is not \(request)." }
}

extension TypedText? {
  /// Whether what was typed confirms it; where nothing is to be typed, all does.
  func isMet(by typed: String) -> Bool {
    self.map { $0.text == typed } ?? true
  }
}

extension String {
  /// Whether a person who sees it can type it: no controls, nothing invisible, no blanks at the ends or in a row.
  fileprivate var isTypable: Bool {
    !isEmpty && !hasPrefix(" ") && !hasSuffix(" ") && !contains("  ")
      && unicodeScalars.allSatisfy { $0.isTypable && ($0 == " " || $0.properties.generalCategory != .spaceSeparator) }
  }
}

extension Unicode.Scalar {
  /// Whether it is something that a person sees and types: no control, nothing invisible.
  var isTypable: Bool { !isHarmful && properties.generalCategory != .privateUse }
}

import CloudViewModels
import TextSafety

extension FieldValue {
  /// The texts in the value that come from the service.
  private var foreignTexts: [String] {
    switch self {
    case .text(let text), .email(let text), .node(_, let text): [text]
    case .references(let names): names
    case .bytes, .date, .role, .flag, .number, .usage, .none, .unreadable: []
    }
  }

  /// Whether the value contains characters that are not visible as such. Called for every value of every frame.
  var hidesCharacters: Bool {
    switch self {
    case .text(let text), .email(let text), .node(_, let text): HiddenCharacters.are(in: text.start)
    case .references(let names): names.contains { HiddenCharacters.are(in: $0.start) }
    case .bytes, .date, .role, .flag, .number, .usage, .none, .unreadable: false
    }
  }

  /// The names of those characters.
  var hiddenCharacters: [String] { HiddenCharacters(in: foreignTexts.joined(separator: " ")).names }
}

extension String {
  /// The part of the text that a row can show.
  fileprivate var start: String {
    utf8.count <= 1 << 14 ? self : String(decoding: utf8.prefix(1 << 14), as: UTF8.self)
  }
}

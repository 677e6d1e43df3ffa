import CloudViewModels
import TextSafety

extension FieldValue {
  /// The text that somebody else wrote.
  private var foreignTexts: [String] {
    switch self {
    case .text(let text), .email(let text), .node(_, let text): [text]
    case .references(let names): names
    case .bytes, .date, .role, .flag, .none, .unreadable: []
    }
  }

  /// Whether it holds characters that aren't seen as what they are. Every frame asks this of every value.
  var hidesCharacters: Bool {
    switch self {
    case .text(let text), .email(let text), .node(_, let text): HiddenCharacters.are(in: text.start)
    case .references(let names): names.contains { HiddenCharacters.are(in: $0.start) }
    case .bytes, .date, .role, .flag, .none, .unreadable: false
    }
  }

  /// What those are called.
  var hiddenCharacters: [String] { HiddenCharacters(in: foreignTexts.joined(separator: " ")).names }
}

extension String {
  /// As much as a row could show of it.
  fileprivate var start: String {
    utf8.count <= 1 << 14 ? self : String(decoding: utf8.prefix(1 << 14), as: UTF8.self)
  }
}

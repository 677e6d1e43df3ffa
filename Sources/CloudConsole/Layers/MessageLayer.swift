import TerminalUI

/// A longer message that waits to be read.
@MainActor
final class MessageLayer: ScrollingLayer {
  private let heading: String
  private let text: @MainActor () -> String

  init(title: String, keymap: Keymap, text: @escaping @MainActor () -> String) {
    heading = title
    self.text = text
    super.init(keymap: keymap)
  }

  override var title: String { heading }
  override var compactColumns: Int? { 76 }
  override var remarks: [String] { [text()] }

  override func take(_ key: Key) -> LayerAnswer {
    key == .enter ? .close : .stay
  }

  override func lines(columns: Int, textWidth: TextWidth, search: String) -> [DialogLine] {
    TextWrap.lines(text(), columns: columns, textWidth: textWidth).map { DialogLine($0) }
  }
}

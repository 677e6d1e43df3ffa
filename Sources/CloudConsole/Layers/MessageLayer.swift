import TerminalUI

/// A longer message that stays until the user closes it.
@MainActor
final class MessageLayer: ScrollingLayer {
  private let heading: String
  private let text: @MainActor () -> String
  /// What the user can do about it.
  private let alternative: FormLayer.Alternative?
  private let onLeave: @MainActor () -> Void
  private var isTaken = false

  /// - Parameter onLeave: called when the user closes the layer without taking the alternative.
  init(
    title: String, keymap: Keymap, alternative: FormLayer.Alternative? = nil,
    onLeave: @escaping @MainActor () -> Void = {},
    text: @escaping @MainActor () -> String
  ) {
    heading = title
    self.text = text
    self.alternative = alternative
    self.onLeave = onLeave
    super.init(keymap: keymap)
  }

  override var title: String { heading }
  override var compactColumns: Int? { 76 }
  override var remarks: [String] { [text()] }

  override var keyHelp: [KeyHint] { alternative.map { [$0.hint] } ?? [] }

  override func take(_ key: Key) -> LayerAnswer {
    isTaken = key == alternative?.key
    return isTaken || key == .enter ? .close : .stay
  }

  override func wasRemoved() {
    if isTaken { alternative?.take() } else { onLeave() }
  }

  override func page(columns: Int, textWidth: TextWidth, search: String) -> Page {
    Page(lines: TextWrap.lines(text(), columns: columns, textWidth: textWidth).map { DialogLine($0) })
  }
}

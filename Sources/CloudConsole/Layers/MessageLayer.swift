import TerminalUI

/// A longer message that waits to be read.
@MainActor
final class MessageLayer: ScrollingLayer {
  private let heading: String
  private let text: @MainActor () -> String
  /// What can be done about it.
  private let wayOut: FormLayer.WayOut?
  private let onLeave: @MainActor () -> Void
  private var isTaken = false

  /// - Parameter onLeave: called when the person goes away by another way.
  init(
    title: String, keymap: Keymap, wayOut: FormLayer.WayOut? = nil, onLeave: @escaping @MainActor () -> Void = {},
    text: @escaping @MainActor () -> String
  ) {
    heading = title
    self.text = text
    self.wayOut = wayOut
    self.onLeave = onLeave
    super.init(keymap: keymap)
  }

  override var title: String { heading }
  override var compactColumns: Int? { 76 }
  override var remarks: [String] { [text()] }

  override var keyHelp: [String] { wayOut.map { ["\($0.key.title) \($0.label)"] } ?? [] }

  override func take(_ key: Key) -> LayerAnswer {
    isTaken = key == wayOut?.key
    return isTaken || key == .enter ? .close : .stay
  }

  override func wasRemoved() {
    if isTaken { wayOut?.take() } else { onLeave() }
  }

  override func lines(columns: Int, textWidth: TextWidth, search: String) -> [DialogLine] {
    TextWrap.lines(text(), columns: columns, textWidth: textWidth).map { DialogLine($0) }
  }
}

import TerminalUI

/// A short wait that takes every key, so that no key reaches the layer after it; Esc cancels.
@MainActor
final class WaitingLayer: Layer {
  var onCancel: @MainActor () -> Void = {}
  private(set) var isFinished = false

  private let title: String
  private let text: String

  init(title: String, text: String) {
    self.title = title
    self.text = text
  }

  /// Closes the layer, because the wait is over.
  func finish() {
    isFinished = true
  }

  func draw(size: Size, textWidth: TextWidth) -> LayerDrawing {
    LayerDrawing(content: content(size: size, textWidth: textWidth))
  }

  private func content(size: Size, textWidth: TextWidth) -> DialogContent {
    DialogContent(
      title: title, lines: [DialogLine(text, .muted)], footer: DialogFooter(alternative: KeyHint("Esc", "cancel")),
      extent: .compact(columns: 48), speech: DialogSpeech(remarks: [DialogSpeech.Remark(text)]))
  }

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    switch event {
    case .key(.escape), .key(.control("c")):
      onCancel()
      return .close
    default: return .stay
    }
  }
}

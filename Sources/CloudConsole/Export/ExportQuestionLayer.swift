import TerminalUI

/// The question before an export that replaces a file, or that doesn't hold what the user may expect.
@MainActor
final class ExportQuestionLayer: Layer {
  private let heading: String
  private let reasons: [String]
  private let write: @MainActor () -> Void
  private var isConfirmed = false

  init(_ heading: String, because reasons: [String], write: @escaping @MainActor () -> Void) {
    self.heading = heading
    self.reasons = reasons
    self.write = write
  }

  var isQuestion: Bool { true }

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    switch event {
    case .key(.character("y")):
      isConfirmed = true
      return .close
    case .key(.enter), .key(.escape), .key(.control("c")), .key(.character("n")), .key(.character("q")): return .close
    default: return .stay
    }
  }

  func wasRemoved() {
    if isConfirmed { write() }
  }

  private static let columns = 76

  func draw(size: Size, textWidth: TextWidth) -> LayerDrawing {
    let columns = DialogContent.textColumns(wanted: Self.columns, in: size)
    let lines = reasons.flatMap { TextWrap.lines($0, columns: columns, textWidth: textWidth) }.map { DialogLine($0) }
    return LayerDrawing(
      content: DialogContent(
        title: heading, lines: lines,
        footer: DialogFooter(keys: [KeyHint("y", "write it")], alternative: KeyHint("Enter", "cancel")),
        extent: .compact(columns: Self.columns), style: .warning,
        speech: DialogSpeech(remarks: reasons.map { DialogSpeech.Remark($0) })))
  }
}

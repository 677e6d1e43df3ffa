import CloudConsole
import TerminalUI

/// A terminal for the console that only records what it is asked to do.
@MainActor
final class TerminalUnderTest: ConsoleHost {
  var size = Size(columns: 120, rows: 34)
  var textWidth: TextWidth { .builtIn }
  /// Returns the document as the user edited it; `nil` if there is no editor.
  var editing: (@MainActor (String) -> String)?
  /// Input that was typed and not read yet.
  var pendingInput: [TerminalEvent] = []

  private(set) var frames: [Frame] = []
  /// Whether the terminal accepts no output, as over a line that hangs.
  var isStalled = false
  private(set) var repaints = 0
  private(set) var suspensions = 0
  var hasShell = true
  /// The documents that the editor was opened with.
  private(set) var documents: [String] = []
  private(set) var discarded = 0

  func present(_ frame: Frame) -> Bool {
    frames.append(frame)
    return !isStalled
  }

  func drainPendingInput() -> [TerminalEvent] {
    defer { pendingInput = [] }
    return pendingInput
  }

  func repaint() {
    repaints += 1
  }

  private(set) var theme = Theme.auto

  func setTheme(_ theme: Theme) {
    self.theme = theme
  }

  /// The mouse settings made, in order.
  private(set) var mouse: [Bool] = []

  func setMouse(_ isOn: Bool) {
    mouse.append(isOn)
  }

  func suspend() -> Bool {
    suspensions += 1
    return hasShell
  }

  /// The texts that were copied.
  private(set) var copied: [String] = []
  var copyOutcome = CopyOutcome.sent

  func copy(_ text: String) -> CopyOutcome {
    copied.append(text)
    return copyOutcome
  }

  func edit(_ text: String, named name: String) async throws(EditorError) -> EditedText {
    documents.append(text)
    guard let editing else { throw EditorError("There is no editor: set EDITOR.") }
    return EditedText(text: editing(text), path: "/tmp/document.json")
  }

  func discard(_ edited: EditedText) {
    discarded += 1
  }
}

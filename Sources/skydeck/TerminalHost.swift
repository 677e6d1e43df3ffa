import CloudConsole
import CloudProfiles
import NcursesTerminal
import TerminalUI

/// Gives the console access to the terminal, and to the user's editor on it.
@MainActor
final class TerminalHost: ConsoleHost {
  private let terminal: NcursesTerminal
  private let editor: String
  private let editorEnvironment: @MainActor () -> [String: String]
  private let directory: String
  private var documents = EditedDocuments()

  /// - Parameters:
  ///   - ascii: draws lines and signs in ASCII, whatever the locale.
  ///   - editorEnvironment: the environment of the editor, without secrets.
  init(
    terminal: NcursesTerminal, ascii: Bool, environment: [String: String],
    editorEnvironment: @escaping @MainActor () -> [String: String]
  ) {
    self.terminal = terminal
    self.editorEnvironment = editorEnvironment
    textWidth = ascii ? terminal.textWidth.drawingInASCII : terminal.textWidth
    let editors = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }
    editor = editors.first { !$0.allSatisfy(\.isWhitespace) } ?? "vi"
    directory = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
  }

  var size: Size { terminal.size }
  let textWidth: TextWidth

  func present(_ frame: Frame) -> Bool {
    terminal.present(frame)
  }

  func drainPendingInput() -> [TerminalEvent] {
    terminal.drainPendingInput()
  }

  func repaint() {
    terminal.repaint()
  }

  var theme: Theme { terminal.theme }

  func setTheme(_ theme: Theme) {
    terminal.setTheme(theme)
  }

  func setMouse(_ isOn: Bool) {
    terminal.setMouse(isOn)
  }

  func suspend() -> Bool {
    terminal.suspend()
  }

  func copy(_ text: String) -> CopyOutcome {
    switch terminal.copy(text) {
    case .sent: .sent
    case .unsupported: .unsupported
    case .tooLong: .tooLong(limit: Clipboard.limit)
    }
  }

  func edit(_ text: String, named name: String) async throws(EditorError) -> EditedText {
    let file = try DocumentFile(text, in: directory)
    documents.open(file, holding: text)
    let status: Int32
    do throws(TerminalError) {
      // Run by the shell, as in git: the setting may hold arguments, quotes and variables (`LANG=C nano -w`). The traps
      // keep the shell until the editor ends: a signal to the group must not orphan the editor.
      status = try await terminal.runInForeground(
        ["/bin/sh", "-c", "trap : HUP INT QUIT TERM; \(editor) \"$@\"", editor, file.path],
        environment: editorEnvironment())
    } catch .ended {
      // The document's path is printed at the end of the program, which is now.
      throw EditorError(TerminalError.ended.description)
    } catch .taken {
      documents.discard(file)
      throw EditorError("Another editor has the terminal, so \(name) was not opened: try again when it is closed.")
    } catch {
      documents.discard(file)
      throw EditorError("The editor \"\(editor)\" could not be started: set EDITOR to one that is installed.")
    }
    documents.close(file)
    let edited = try file.read()
    guard status == 0 else {
      if edited == text { documents.discard(file) }
      throw EditorError(
        "The editor \"\(editor)\" ended with status \(status), so nothing was sent."
          + (edited == text ? "" : " What you wrote is in \(file.path).")
          // The shell's statuses for a command that it can't find or run.
          + (status == 126 || status == 127 ? " Set EDITOR to one that is installed." : ""))
    }
    return EditedText(text: edited, path: file.path)
  }

  func discard(_ edited: EditedText) {
    documents.discard(DocumentFile(path: edited.path))
  }

  /// What to print about edited but unsent documents, once the terminal is restored.
  func lastWords() -> [String] {
    documents.lastWords()
  }
}

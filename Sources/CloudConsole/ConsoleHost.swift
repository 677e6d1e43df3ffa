import TerminalUI

/// The terminal functions that the console needs.
@MainActor
public protocol ConsoleHost: AnyObject {
  var size: Size { get }
  var textWidth: TextWidth { get }
  /// Shows a frame.
  ///
  /// - Returns: whether the terminal has taken the frame; if not, call `ConsoleLoop.frameWasShown()` when it has.
  func present(_ frame: Frame) -> Bool
  /// Returns the input that was typed but not read yet, without waiting.
  func drainPendingInput() -> [TerminalEvent]
  func repaint()
  /// The colours that the user chose.
  var theme: Theme { get }
  /// Changes the colours, and draws the whole screen in them.
  func setTheme(_ theme: Theme)
  /// Turns mouse reports on or off.
  func setMouse(_ isOn: Bool)
  /// Suspends the process until the user resumes it; `false` if there is no shell to return to.
  func suspend() -> Bool
  /// Copies text to the user's clipboard, as far as the terminal supports it.
  func copy(_ text: String) -> CopyOutcome
  /// Opens text in the user's editor and returns the saved text with the path of its file.
  ///
  /// - Throws: `EditorError`, whose message says what to do.
  func edit(_ text: String, named name: String) async throws(EditorError) -> EditedText
  /// Deletes the file of an edited text that was sent or is unchanged.
  func discard(_ edited: EditedText)
}

@MainActor
final class TerminalLink {
  /// The terminal's functions; `nil` if there is no terminal.
  weak var host: (any ConsoleHost)?
}

/// The result of copying text to the clipboard.
public enum CopyOutcome: Hashable, Sendable {
  /// The text was sent to the terminal (OSC 52), which doesn't report whether it took it.
  case sent
  /// The terminal is known not to let programs set a clipboard.
  case unsupported
  /// The text is longer than terminals accept; `limit` is in bytes.
  case tooLong(limit: Int)
}

/// The text that the user saved in an editor.
public struct EditedText: Sendable {
  public let text: String
  /// The file that holds the text until it is sent.
  public let path: String

  public init(text: String, path: String) {
    self.text = text
    self.path = path
  }
}

/// The reason why no editor could be used.
public struct EditorError: Error, Hashable, Sendable {
  public let message: String

  public init(_ message: String) {
    self.message = message
  }
}

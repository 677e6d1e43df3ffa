import TerminalUI

/// What the console needs of the terminal it runs on.
@MainActor
public protocol ConsoleHost: AnyObject {
  var size: Size { get }
  var textWidth: TextWidth { get }
  /// Shows a frame.
  ///
  /// - Returns: whether the terminal has taken it; if not, `ConsoleLoop.frameWasShown()` is to be called when it has.
  func present(_ frame: Frame) -> Bool
  /// Everything typed until now that wasn't read yet, without waiting.
  func drainPendingInput() -> [TerminalEvent]
  func repaint()
  /// Takes clicks and the wheel from now on, or leaves them to the terminal.
  func setMouse(_ isOn: Bool)
  /// Gives the terminal back to the shell until the person returns; `false` where there is no shell.
  func suspend() -> Bool
  /// Puts text on the person's clipboard, as far as a program on a terminal can.
  func copy(_ text: String) -> CopyOutcome
  /// Opens text in the person's own editor and returns it as it was saved, with the file's path.
  ///
  /// - Throws: `EditorError` with what to do about it.
  func edit(_ text: String, named name: String) async throws(EditorError) -> EditedText
  /// Removes the file of an edited text: it was sent, or holds nothing new.
  func discard(_ edited: EditedText)
}

@MainActor
final class TerminalLink {
  /// What only the terminal can do; `nil` where there is none.
  weak var host: (any ConsoleHost)?
}

/// What became of text for the clipboard.
public enum CopyOutcome: Hashable, Sendable {
  /// The terminal was asked to take it (OSC 52). Whether it did, it doesn't tell.
  case sent
  /// This terminal is known to have no clipboard that a program can set.
  case unsupported
  /// It is longer than terminals take: so many bytes.
  case tooLong(limit: Int)
}

/// What came back from an editor.
public struct EditedText: Sendable {
  public let text: String
  /// Where it is kept until it was sent.
  public let path: String

  public init(text: String, path: String) {
    self.text = text
    self.path = path
  }
}

/// Why no editor could be used.
public struct EditorError: Error, Hashable, Sendable {
  public let message: String

  public init(_ message: String) {
    self.message = message
  }
}

import TerminalUI

/// Something that lies over the panes and takes every event: a form, a question, a list, a record.
@MainActor
protocol Layer: AnyObject {
  /// What it shows on a screen of that size, and what that settles. It changes nothing.
  func draw(size: Size, textWidth: TextWidth) -> LayerDrawing
  /// What was drawn is the frame now: keeps what that settled.
  func takeOver(_ settled: LayerDrawing.Settled)
  /// Takes an event that was read after the layer was on the screen, or what leaves it before. A key behind an Esc is for
  /// layers alone in which it changes nothing.
  func handle(_ event: TerminalEvent) -> LayerAnswer
  /// Whether it asks whether to do something: what may be an Esc is one here.
  var isQuestion: Bool { get }
  /// Whether a line of text has the focus.
  var isTyping: Bool { get }
  /// Whether the key of that command does something here.
  func takes(_ command: Command) -> Bool
  /// What it showed last is on the screen now.
  func wasPresented()
  /// Whether its work is done, so that it goes.
  var isFinished: Bool { get }
  /// It was taken away.
  func wasRemoved()
}

extension Layer {
  func takeOver(_ settled: LayerDrawing.Settled) {}
  var isQuestion: Bool { false }
  var isTyping: Bool { false }
  func takes(_ command: Command) -> Bool { false }
  func wasPresented() {}
  var isFinished: Bool { false }
  func wasRemoved() {}
}

/// What a layer makes of an event.
@MainActor
enum LayerAnswer {
  /// It stays.
  case stay
  /// It goes.
  case close
  /// It goes, and the command is carried out.
  case run(Command)
  /// It goes, and the command is carried out on the record under the cursor, whatever is marked.
  case runOnSelected(Command)
  /// Another one comes on top.
  case open(any Layer)
}

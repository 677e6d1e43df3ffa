import TerminalUI

/// Something that lies over the panes and takes every event: a form, a question, a list, a record.
@MainActor
protocol Layer: AnyObject {
  /// What it shows on a screen of that size.
  func content(size: Size, textWidth: TextWidth) -> DialogContent
  /// Takes an event that was read after the layer was on the screen.
  func handle(_ event: TerminalEvent) -> LayerAnswer
  /// What it showed last is on the screen now.
  func wasPresented()
  /// Whether its work is done, so that it goes.
  var isFinished: Bool { get }
  /// It was taken away.
  func wasRemoved()
}

extension Layer {
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

import TerminalUI

/// The content of a layer, with the state that drawing it settled.
struct LayerDrawing: Hashable {
  /// The state that a layer keeps once its drawing is the frame.
  enum Settled: Hashable {
    case nothing
    case lines(ScrollingLayer.Drawn)
    case question(QuestionLayer.Drawn)
    case form(FormLayer.Drawn)
  }

  let content: DialogContent
  var settled = Settled.nothing
}

import TerminalUI

/// What a layer shows, and what drawing it settled.
struct LayerDrawing: Hashable {
  /// What a layer keeps of a drawing once that is the frame.
  enum Settled: Hashable {
    case nothing
    case lines(ScrollingLayer.Drawn)
    case question(QuestionLayer.Drawn)
    case form(FormLayer.Drawn)
  }

  let content: DialogContent
  var settled = Settled.nothing
}

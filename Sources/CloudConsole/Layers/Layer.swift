import TerminalUI

/// A view over the panes that receives every event: a form, a question, a list, a record.
@MainActor
protocol Layer: AnyObject {
  /// Draws the layer for a screen of that size, without changing any state.
  func draw(size: Size, textWidth: TextWidth) -> LayerDrawing
  /// Keeps the state that the drawing settled, because the drawing is now the frame.
  func takeOver(_ settled: LayerDrawing.Settled)
  /// Handles an event that was read after the layer was on the screen, or a key that closes it before that. A key
  /// behind an Esc is only for layers in which it changes nothing.
  func handle(_ event: TerminalEvent) -> LayerAnswer
  /// Handles a click on a line, and a column in it, of the content in the last frame.
  func click(_ place: Point) -> LayerAnswer
  /// Whether the layer asks for a confirmation: then a sequence that may hold an Esc counts as Esc.
  var isQuestion: Bool { get }
  /// Whether a line of text has the focus.
  var isTyping: Bool { get }
  /// Whether the key of that command does something in the layer.
  func takes(_ command: Command) -> Bool
  /// The keys that its footer doesn't name, for the help: their labels are sentences.
  var furtherKeys: [KeyHint] { get }
  /// Whether it takes keys that were typed before it was on the screen: a menu in which no key answers a question or
  /// fills a form.
  var takesKeysTypedAhead: Bool { get }
  /// Reports that the last drawing is on the screen, with no other layer over it.
  func wasPresented()
  /// Whether the layer is done and closes.
  var isFinished: Bool { get }
  /// Reports that the layer was removed.
  func wasRemoved()
}

extension Layer {
  func takeOver(_ settled: LayerDrawing.Settled) {}
  func click(_ place: Point) -> LayerAnswer { .stay }
  var isQuestion: Bool { false }
  var isTyping: Bool { false }
  func takes(_ command: Command) -> Bool { false }
  var furtherKeys: [KeyHint] { [] }
  var takesKeysTypedAhead: Bool { false }
  func wasPresented() {}
  var isFinished: Bool { false }
  func wasRemoved() {}
}

/// How a layer responds to an event.
@MainActor
enum LayerAnswer {
  /// The layer stays open.
  case stay
  /// The layer closes.
  case close
  /// The layer closes, and the command runs.
  case run(Command)
  /// The layer closes, and the command runs on the record under the cursor, even if others are marked.
  case runOnSelected(Command)
  /// Another layer takes its place.
  case replace(any Layer)
  /// Another layer opens on top.
  case open(any Layer)
}

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

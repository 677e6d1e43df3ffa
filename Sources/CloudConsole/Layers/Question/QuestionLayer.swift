import CloudChanges
import CloudViewModels
import TerminalUI

/// A question over the panes that names its targets and the consequences for each. Enter means Cancel while nothing is
/// typed; a wrong text stays, and the question says that it is wrong.
@MainActor
final class QuestionLayer: Layer {
  /// The state of the question in the last frame.
  struct Drawn: Hashable {
    /// The visible lines of the list of records, or of what stands above the input field.
    var list = LineWindow()
    /// The records, if there are several.
    var records: QuestionList?
    /// Whether the frame shows that the question can be confirmed.
    var isReady = false
  }

  private var question: QuestionModel
  private var editor = LineEditor()
  private var drawn = Drawn()
  /// Whether the user has seen that the question can be confirmed: keys typed before that don't confirm it.
  private var wasReadyOnScreen = false

  init(_ question: QuestionModel) {
    self.question = question
  }

  var isFinished: Bool { question.phase == .done }

  var isQuestion: Bool { true }
  var isTyping: Bool { asksForText }
  var furtherKeys: [KeyHint] { [KeyHint("↑↓ PgUp PgDn", "Scroll.")] }

  func wasPresented() {
    wasReadyOnScreen = drawn.isReady
  }

  func wasRemoved() {
    question.leave()
  }

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    switch event {
    case .paste(let text):
      guard asksForText else { return .stay }
      editor.insert(text)
      question.typed = editor.text
    case .key(let key):
      return handle(key)
    default: break
    }
    return .stay
  }

  private var asksForText: Bool { question.asked != nil }

  private func handle(_ key: Key) -> LayerAnswer {
    switch key {
    case .escape, .control("c"): return question.stop() ? .stay : .close
    case .enter: return enter()
    case .down: drawn.list.first += 1
    case .up: drawn.list.first -= 1
    case .pageDown: drawn.list.first += drawn.list.capacity
    case .pageUp: drawn.list.first -= drawn.list.capacity
    case .character("y"), .character("Y"):
      if question.wanted != nil || !editor.text.isEmpty { return type(key) }
      if wasReadyOnScreen { question.confirm() }
    case .character("R") where question.leftCount > 0: askAgain()
    default: return type(key)
    }
    return .stay
  }

  private func type(_ key: Key) -> LayerAnswer {
    guard asksForText, editor.handle(key) else { return .stay }
    question.typed = editor.text
    return .stay
  }

  /// Asks about what failed or was not sent, in place of the settled question.
  private func askAgain() {
    guard let next = question.again() else { return }
    question.leave()
    question = next
    empty()
    drawn = Drawn()
  }

  /// Empties the line, and takes no confirmation before what it asks for now was seen.
  private func empty() {
    editor = LineEditor()
    question.typed = ""
    wasReadyOnScreen = false
  }

  private func enter() -> LayerAnswer {
    switch question.phase {
    case .acting: return .stay
    case .refused, .settled, .done: return .close
    case .reading, .ready: break
    }
    if question.leavesOutLastAdmins, question.typed == LastAdmins.words {
      guard wasReadyOnScreen else { return .stay }
      question.includeLastAdmins()
      empty()
      return .stay
    }
    guard let asked = question.asked, question.typed.contains(where: { !$0.isWhitespace }) else { return .close }
    if !asked.isMet(by: question.typed) {
      question.wasWrong()
    } else if wasReadyOnScreen {
      question.confirm()
    }
    return .stay
  }

  func draw(size: Size, textWidth: TextWidth) -> LayerDrawing {
    QuestionDrawing(
      question: question, editor: editor, drawn: drawn, size: size, textWidth: textWidth
    ).draw()
  }

  func takeOver(_ settled: LayerDrawing.Settled) {
    if case .question(let drawn) = settled { self.drawn = drawn }
  }
}

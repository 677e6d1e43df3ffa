import CloudViewModels
import TerminalUI

/// A question over the panes that names its target or targets, and what becomes of each. Enter means Cancel, unless what was
/// to be typed is complete.
@MainActor
final class QuestionLayer: Layer {
  let question: QuestionModel
  private(set) var editor = LineEditor()
  /// The first line of the list of records that is shown, and how many the last frame showed.
  var firstLine = 0
  var shownLines = 1
  /// Whether the person has seen that it can be confirmed: keys typed before that never answer.
  private var wasReadyOnScreen = false
  /// Whether the last frame says so.
  private var isReadyInFrame = false

  init(_ question: QuestionModel) {
    self.question = question
  }

  var isFinished: Bool { question.phase == .done }

  var isQuestion: Bool { true }
  var isTyping: Bool { asksForText }

  func wasPresented() {
    wasReadyOnScreen = isReadyInFrame
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

  private var asksForText: Bool { question.wanted != nil }

  private func handle(_ key: Key) -> LayerAnswer {
    switch key {
    case .escape, .control("c"): return question.stop() ? .stay : .close
    case .enter: return enter()
    case .down: firstLine += 1
    case .up: firstLine -= 1
    case .pageDown: firstLine += shownLines
    case .pageUp: firstLine -= shownLines
    case .character("y"), .character("Y"):
      if asksForText { return type(key) }
      if wasReadyOnScreen { question.confirm() }
    default: return type(key)
    }
    return .stay
  }

  private func type(_ key: Key) -> LayerAnswer {
    guard asksForText, editor.handle(key) else { return .stay }
    question.typed = editor.text
    return .stay
  }

  private func enter() -> LayerAnswer {
    switch question.phase {
    case .acting: return .stay
    case .refused, .settled, .done: return .close
    case .reading, .ready: break
    }
    guard let wanted = question.wanted, question.typed == wanted.text else {
      if asksForText, !question.typed.isEmpty { question.sayNotDone() }
      return .close
    }
    if wasReadyOnScreen { question.confirm() }
    return .stay
  }

  func content(size: Size, textWidth: TextWidth) -> DialogContent {
    question.ask(whereShown: textWidth.shows)
    isReadyInFrame = question.phase == .ready
    return question.isAlone
      ? contentOfOne(size: size, textWidth: textWidth) : contentOfSeveral(size: size, textWidth: textWidth)
  }
}

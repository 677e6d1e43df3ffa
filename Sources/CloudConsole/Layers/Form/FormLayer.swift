import CloudAPI
import CloudViewModels
import TerminalUI

/// A form over the panes.
@MainActor
final class FormLayer: Layer {
  /// A key that leads to something other than the purpose of the form.
  struct Alternative {
    let key: Key
    let label: String
    let take: @MainActor () -> Void

    var hint: KeyHint { KeyHint(key.title, label, key: key) }
  }

  /// The state of the form in the last frame.
  struct Drawn: Hashable {
    /// The visible lines of the results of sending, if there is no room for all.
    var outcomes = LineWindow()
    /// Whether the form may be sent, and whether a question must be answered first.
    var isReady = false
    var isAsked = false
    /// What a click focuses or chooses.
    var targets: [FormDrawing.Target] = []
  }

  let form: FormModel
  let alternative: Alternative?
  private let onLeave: @MainActor () -> Void
  private var editors: [String: LineEditor] = [:]
  /// The index of the focused field.
  private var focus = 0
  /// Whether the field in which something must be typed had the focus: it gets it when it appears.
  private var knowsConfirmation = false
  /// The choice under the cursor in each list, by field.
  private(set) var cursors: [String: Int] = [:]
  private(set) var mayDiscard = false
  private(set) var drawn = Drawn()
  /// Whether the user has seen the results of the last sending: an earlier Enter doesn't send again.
  private var isReadyOnScreen = false
  /// The number of attempts to send, so that a repeated problem is announced again.
  private(set) var attempts = 0
  /// Whether the user has seen the question: keys typed before that are ignored.
  private var isAskedOnScreen = false

  /// - Parameter onLeave: called when the user leaves without having sent the form.
  init(_ form: FormModel, alternative: Alternative? = nil, onLeave: @escaping @MainActor () -> Void = {}) {
    self.form = form
    self.alternative = alternative
    self.onLeave = onLeave
    for field in form.definition.fields where field.kind == .line || field.kind == .secret {
      editors[field.id] = LineEditor(form.values[field.id]?.text ?? "")
    }
  }

  var isFinished: Bool { form.phase == .done }

  func wasPresented() {
    isReadyOnScreen = drawn.isReady
    isAskedOnScreen = drawn.isAsked
  }

  func wasRemoved() {
    form.leave()
  }

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    switch event {
    case .paste(let text): paste(text)
    case .key(let key): return handle(key)
    default: break
    }
    return .stay
  }

  var isTyping: Bool {
    form.phase == .editing && !isAsking && (field.kind == .line || field.kind == .secret)
  }

  var furtherKeys: [KeyHint] {
    guard form.phase == .editing, !isAsking else { return [] }
    let field: [KeyHint] =
      switch field.kind {
      case .picks: [KeyHint("↑↓", "Go through the list; at its end, to the next field.")]
      case .choice: [KeyHint("Space", "Take the next choice.")]
      case .line, .secret: []
      }
    return field + [
      KeyHint("↑ Shift-Tab", "Go to the previous field."),
      KeyHint("PgUp PgDn", "Scroll the results of sending."),
    ]
  }

  private func handle(_ key: Key) -> LayerAnswer {
    if form.isUnconfirmed != knowsConfirmation {
      focus = currentFocus
      knowsConfirmation = form.isUnconfirmed
    }
    // Keys typed before the question was visible are ignored.
    if mayDiscard { return isAskedOnScreen ? answerDiscard(key) : .stay }
    if form.question != nil {
      guard isAskedOnScreen, let isYes = Self.isYes(key) else { return .stay }
      isReadyOnScreen = false
      form.answer(sendingAgain: isYes)
      return .stay
    }
    switch key {
    case .escape, .control("c"):
      if form.stop() { return .stay }
      if form.isTouched {
        (mayDiscard, isAskedOnScreen) = (true, false)
        return .stay
      }
      onLeave()
      return .close
    case .enter:
      guard isReadyOnScreen else { return .stay }
      takePlaceholder()
      isReadyOnScreen = false
      attempts += 1
      drawn.outcomes.first = 0
      isAskedOnScreen = false
      form.submit()
      focusFirstProblem()
    case .pageDown: drawn.outcomes.first += drawn.outcomes.capacity
    case .pageUp: drawn.outcomes.first = max(0, drawn.outcomes.first - drawn.outcomes.capacity)
    case .tab:
      takePlaceholder()
      moveFocus(by: 1)
    case .backTab: moveFocus(by: -1)
    case alternative?.key: alternative?.take()
    default: edit(key)
    }
    return .stay
  }

  private func answerDiscard(_ key: Key) -> LayerAnswer {
    if key == .control("c") || Self.isYes(key) == true {
      onLeave()
      return .close
    }
    if Self.isYes(key) == false { mayDiscard = false }
    return .stay
  }

  /// The answer that a key gives to a question; `nil` if it gives none: it was typed for something else, and the Enter
  /// after it must not send.
  private static func isYes(_ key: Key) -> Bool? {
    switch key {
    case .character("y"), .character("Y"): true
    case .enter, .escape, .control("c"), .character("n"), .character("N"): false
    default: nil
    }
  }

  var field: FormField { form.fields[currentFocus] }

  var currentFocus: Int {
    let last = form.fields.count - 1
    return form.isUnconfirmed && !knowsConfirmation ? last : min(focus, last)
  }

  /// Types the placeholder of the focused line, if it is empty.
  private func takePlaceholder() {
    guard isTyping, !field.placeholder.isEmpty, editor(of: field)?.text.isEmpty == true else { return }
    take(LineEditor(field.placeholder))
  }

  private func moveFocus(by step: Int) {
    let count = form.fields.count
    focus = (focus + step + count) % count
  }

  /// Focuses the first field that has a problem.
  private func focusFirstProblem() {
    if let index = form.fields.firstIndex(where: { form.problems[$0.id] != nil }) { focus = index }
  }

  /// The line of a field. The model may have changed its text, for instance to the addresses not sent yet.
  func editor(of field: FormField) -> LineEditor? {
    guard field.kind == .line else { return editors[field.id] }
    let text = form.values[field.id]?.text ?? ""
    // A field that is asked for later has no editor yet.
    guard let editor = editors[field.id], editor.text == text else { return LineEditor(text) }
    return editor
  }

  /// Focuses the field that was clicked, and takes the choice that was clicked.
  func click(_ place: Point) -> LayerAnswer {
    guard form.phase == .editing, !isAsking,
      let target = drawn.targets.first(where: { $0.line == place.row && $0.columns.contains(place.column) })
    else { return .stay }
    focus = target.field
    switch field.kind {
    case .choice(let choices):
      if let choice = target.choice { form.set(.text(choices[choice].id), for: field.id) }
    case .picks:
      if let choice = target.choice {
        cursors[field.id] = choice
        edit(.character(" "))
      }
    case .line, .secret: break
    }
    return .stay
  }

  private func edit(_ key: Key) {
    guard form.phase == .editing else { return }
    switch field.kind {
    case .line, .secret: editLine(key)
    case .choice(let choices): choose(key, choices)
    case .picks(let choices): pick(key, choices)
    }
  }

  private func editLine(_ key: Key) {
    switch key {
    case .down: moveFocus(by: 1)
    case .up: moveFocus(by: -1)
    default:
      guard var editor = editor(of: field), editor.handle(key) else { return }
      take(editor)
    }
  }

  func takeOver(_ settled: LayerDrawing.Settled) {
    if case .form(let drawn) = settled { self.drawn = drawn }
  }

  /// Whether a question must be answered first.
  var isAsking: Bool { mayDiscard || form.question != nil }

  /// Passes the text of the line to the form.
  private func take(_ editor: LineEditor) {
    editors[field.id] = editor
    let text = editor.text
    form.set(field.kind == .secret ? .secret(Secret(text)) : .text(text), for: field.id)
  }

  private func paste(_ text: String) {
    guard isTyping, var editor = editor(of: field) else { return }
    editor.insert(text)
    take(editor)
  }

  private func choose(_ key: Key, _ choices: [Choice]) {
    guard !choices.isEmpty else { return }
    let current = choices.firstIndex { $0.id == form.values[field.id]?.text }
    switch key {
    case .down: moveFocus(by: 1)
    case .up: moveFocus(by: -1)
    case .right, .character(" "), .character("l"):
      form.set(.text(choices[((current ?? -1) + 1) % choices.count].id), for: field.id)
    case .left, .character("h"):
      form.set(.text(choices[((current ?? 0) + choices.count - 1) % choices.count].id), for: field.id)
    default: break
    }
  }

  private func pick(_ key: Key, _ choices: [Choice]) {
    let cursor = cursors[field.id] ?? 0
    switch key {
    case .down, .character("j"):
      if cursor + 1 < choices.count { cursors[field.id] = cursor + 1 } else { moveFocus(by: 1) }
    case .up, .character("k"):
      if cursor > 0 { cursors[field.id] = cursor - 1 } else { moveFocus(by: -1) }
    case .character(" "):
      guard choices.indices.contains(cursor) else { return }
      var picks = form.values[field.id]?.picks ?? []
      let id = choices[cursor].id
      if let index = picks.firstIndex(of: id) { picks.remove(at: index) } else { picks.append(id) }
      form.set(.picks(picks), for: field.id)
    default: break
    }
  }
}

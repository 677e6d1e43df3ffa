import CloudAPI
import CloudViewModels
import TerminalUI

/// A form over the panes.
@MainActor
final class FormLayer: Layer {
  /// A key that leads to something else than what the form is for.
  struct WayOut {
    let key: Key
    let label: String
    let take: @MainActor () -> Void
  }

  private let form: FormModel
  private let wayOut: WayOut?
  private let onLeave: @MainActor () -> Void
  private var editors: [String: LineEditor] = [:]
  /// The field with the focus, by its place.
  private var focus = 0
  /// The choice under the cursor in each list.
  private var cursors: [String: Int] = [:]
  private var mayDiscard = false
  /// The first line shown of what became of what was sent, where there is no room for all, and how many are.
  private var firstOutcome = 0
  private var shownOutcomes = 1
  /// Whether the person has seen what became of what was sent last: Enter before that sends nothing again.
  private var isReadyOnScreen = false
  /// Whether the last frame says so.
  private var isReadyInFrame = false
  /// How often it was sent, or tried to be: what is wrong again is said again.
  private var attempts = 0
  /// The same of the question whether to lose what was typed.
  private var isAskedOnScreen = false
  private var isAskedInFrame = false

  /// - Parameter onLeave: called when the person goes away without having sent it.
  init(_ form: FormModel, wayOut: WayOut? = nil, onLeave: @escaping @MainActor () -> Void = {}) {
    self.form = form
    self.wayOut = wayOut
    self.onLeave = onLeave
    for field in form.definition.fields where field.kind == .line || field.kind == .secret {
      editors[field.id] = LineEditor(form.values[field.id]?.text ?? "")
    }
  }

  var isFinished: Bool { form.phase == .done }

  func wasPresented() {
    isReadyOnScreen = isReadyInFrame
    isAskedOnScreen = isAskedInFrame
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

  private func handle(_ key: Key) -> LayerAnswer {
    // Typed before the question could be seen, a key answers nothing.
    if mayDiscard { return isAskedOnScreen ? answerDiscard(key) : .stay }
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
      isReadyOnScreen = false
      attempts += 1
      firstOutcome = 0
      form.submit()
      takeOver()
      focusFirstProblem()
    case .pageDown: firstOutcome += shownOutcomes
    case .pageUp: firstOutcome = max(0, firstOutcome - shownOutcomes)
    case .tab: moveFocus(by: 1)
    case .backTab: moveFocus(by: -1)
    case wayOut?.key: wayOut?.take()
    default: edit(key)
    }
    return .stay
  }

  private func answerDiscard(_ key: Key) -> LayerAnswer {
    if [.character("y"), .character("Y"), .control("c")].contains(key) {
      onLeave()
      return .close
    }
    mayDiscard = false
    return .stay
  }

  private var field: FormField {
    let fields = form.fields
    return fields[min(focus, fields.count - 1)]
  }

  private func moveFocus(by step: Int) {
    let count = form.fields.count
    focus = (focus + step + count) % count
  }

  /// The first field with something to say gets the focus.
  private func focusFirstProblem() {
    if let index = form.fields.firstIndex(where: { form.problems[$0.id] != nil }) { focus = index }
  }

  /// The model may have changed a line, for instance to the addresses that are left.
  private func takeOver() {
    for field in form.fields where field.kind == .line {
      let id = field.id
      guard let editor = editors[id] else { continue }
      let text = form.values[id]?.text ?? ""
      if editor.text != text { editors[id] = LineEditor(text) }
    }
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
      takeOver()
      guard editors[field.id]?.handle(key) == true else { return }
      takeLine()
    }
  }

  /// Hands what stands in the line to the form.
  private func takeLine() {
    let text = editors[field.id]?.text ?? ""
    form.set(field.kind == .secret ? .secret(Secret(text)) : .text(text), for: field.id)
  }

  private func paste(_ text: String) {
    guard form.phase == .editing, !mayDiscard, field.kind == .line || field.kind == .secret else { return }
    takeOver()
    editors[field.id]?.insert(text)
    takeLine()
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

extension FormLayer {
  private static let columns = 68
  private static let labelColumns = 10

  func content(size: Size, textWidth: TextWidth) -> DialogContent {
    takeOver()
    isReadyInFrame = form.phase == .editing
    isAskedInFrame = mayDiscard
    let columns = DialogContent.textColumns(wanted: Self.columns, in: size)
    let capacity = DialogContent.compactLineCapacity(in: size)
    var draft = draft(columns: columns, textWidth, isShort: false)
    var trailingTitle = ""
    if draft.hasOutcomes, draft.lines.count + draft.outcomes.count + 1 > capacity {
      draft = self.draft(columns: columns, textWidth, isShort: true)
      trailingTitle = addOutcomes(to: &draft, capacity: capacity)
    } else {
      draft.addOutcomes()
    }
    // What is wrong with the field is seen together with it.
    let focusedLine = draft.focusedLine.map { min(draft.focusedEnd ?? $0, $0 + capacity - 1) }
    return DialogContent(
      title: form.definition.title, trailingTitle: trailingTitle, lines: draft.lines, footer: footer,
      extent: .compact(columns: Self.columns), style: mayDiscard ? .warning : .accent, focusedLine: focusedLine,
      cursor: form.phase == .editing && !mayDiscard ? draft.cursor : nil, speech: speech)
  }

  private func draft(columns: Int, _ textWidth: TextWidth, isShort: Bool) -> FormDrawing {
    var draft = FormDrawing(
      form: form, columns: columns, labelColumns: Self.labelColumns, textWidth: textWidth, isShort: isShort)
    for (index, field) in form.fields.enumerated() {
      draft.add(field, editor: editors[field.id], cursor: cursors[field.id] ?? 0, isFocused: index == focus)
    }
    return draft
  }

  /// Puts as many lines as there is room for, and three at least, above the fields.
  ///
  /// - Returns: which of them are shown, where that isn't all.
  private func addOutcomes(to draft: inout FormDrawing, capacity: Int) -> String {
    let all = draft.outcomes
    shownOutcomes = min(all.count, max(min(3, capacity - 1), capacity - draft.lines.count))
    firstOutcome = min(firstOutcome, all.count - shownOutcomes)
    draft.put(Array(all[firstOutcome..<firstOutcome + shownOutcomes]))
    return shownOutcomes < all.count
      ? "\(firstOutcome + 1)–\(firstOutcome + shownOutcomes) of \(all.count) PgUp PgDn" : ""
  }

  private static let question = "Leave and lose what was typed?"

  private var footer: DialogFooter {
    if mayDiscard {
      return DialogFooter(
        status: Self.question, isQuestion: true, keys: ["y leave"], wayOut: "any other key stay")
    }
    if case .sending = form.phase, form.definition.stopsWhenLeft {
      return DialogFooter(status: waiting ?? "", wayOut: "Esc stop")
    }
    if let waiting {
      let consequence = form.phase == .inDoubt ? "it will be said" : "its outcome will be said"
      return DialogFooter(status: waiting, wayOut: "Esc leave", consequence: consequence)
    }
    let other = wayOut.map { ["\($0.key.title) \($0.label)"] } ?? []
    return DialogFooter(keys: ["Enter \(form.definition.verb)", "Tab next"] + other, wayOut: "Esc leave")
  }

  /// What it waits for.
  private var waiting: String? {
    switch form.phase {
    case .sending where form.definition.stopsWhenLeft: "\(form.progress ?? "")…"
    case .sending: "sending\(form.progress.map { " " + $0 } ?? "")…"
    case .inDoubt: "reading it again, which decides…"
    case .editing, .done: nil
    }
  }

  private var speech: DialogSpeech {
    var speech = DialogSpeech()
    if let waiting { speech.remarks.append(DialogSpeech.Remark(waiting, occasion: attempts)) }
    speech.remarks += form.outcomes.map { DialogSpeech.Remark($0) }
    for field in form.fields {
      guard let problem = form.problems[field.id] else { continue }
      speech.remarks.append(DialogSpeech.Remark("\(field.label): \(problem)", occasion: attempts))
    }
    if let problem = form.problem { speech.remarks.append(DialogSpeech.Remark(problem, occasion: attempts)) }
    if mayDiscard {
      speech.remarks.append(DialogSpeech.Remark(Self.question))
    } else {
      speech.focus = focusSpeech
    }
    return speech
  }

  private var focusSpeech: DialogSpeech.Focus {
    let value = form.values[field.id]
    let remark = form.problems[field.id] ?? form.remarks[field.id] ?? field.hint
    var focus = DialogSpeech.Focus(id: field.id, text: field.label, remark: remark)
    switch field.kind {
    case .line:
      focus.text = [field.label, editors[field.id]?.text ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
      focus.isTyped = true
    case .secret:
      let count = editors[field.id]?.text.count ?? 0
      focus.text = "\(field.label)\(count > 0 ? ", \(Count.text(count, "character", "characters"))" : "")"
      focus.isTyped = true
    case .choice(let choices):
      guard let index = choices.firstIndex(where: { $0.id == value?.text }) else { break }
      focus.text = "\(field.label) \(choices[index].title), \(index + 1) of \(choices.count)"
    case .picks(let choices):
      let cursor = cursors[field.id] ?? 0
      guard choices.indices.contains(cursor) else { break }
      let state = value?.picks.contains(choices[cursor].id) == true ? "picked" : "not picked"
      focus.id += ".\(cursor)"
      focus.text = "\(field.label) \(choices[cursor].title), \(state), \(cursor + 1) of \(choices.count)"
    }
    return focus
  }
}

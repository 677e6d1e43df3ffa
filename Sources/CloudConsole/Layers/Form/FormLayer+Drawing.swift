import CloudViewModels
import TerminalUI

extension FormLayer {
  private static let columns = 68
  private static let labelColumns = 10

  func draw(size: Size, textWidth: TextWidth) -> LayerDrawing {
    let columns = DialogContent.textColumns(wanted: Self.columns, in: size)
    let capacity = DialogContent.compactLineCapacity(in: size)
    var draft = draft(columns: columns, textWidth, isShort: false)
    var outcomes = drawn.outcomes
    var trailingTitle = ""
    if draft.hasOutcomes, draft.lines.count + draft.outcomes.count + 1 > capacity {
      draft = self.draft(columns: columns, textWidth, isShort: true)
      outcomes = addOutcomes(to: &draft, capacity: capacity)
      if outcomes.isCut { trailingTitle = "\(outcomes.text) PgUp PgDn" }
    } else {
      draft.addOutcomes()
    }
    // Keep the problem of the focused field visible together with the field.
    let focusedLine = draft.focusedLine.map { min(draft.focusedEnd ?? $0, $0 + capacity - 1) }
    let content = DialogContent(
      title: form.definition.title, hasTitleInside: draft.hasTitleInside, trailingTitle: trailingTitle,
      lines: draft.lines, footer: footer, extent: .compact(columns: Self.columns), style: isAsking ? .warning : .accent,
      focusedLine: focusedLine, selectedLine: draft.selectedLine,
      cursor: form.phase == .editing && !isAsking ? draft.cursor : nil, speech: speech)
    let drawn = Drawn(
      outcomes: outcomes, isReady: form.phase == .editing, isAsked: isAsking, targets: draft.targets)
    return LayerDrawing(content: content, settled: .form(drawn))
  }

  private func draft(columns: Int, _ textWidth: TextWidth, isShort: Bool) -> FormDrawing {
    var draft = FormDrawing(
      form: form, columns: columns, labelColumns: Self.labelColumns, textWidth: textWidth, isShort: isShort)
    for (index, field) in form.fields.enumerated() {
      draft.add(
        field, at: index, editor: editor(of: field), cursor: cursors[field.id] ?? 0, isFocused: index == currentFocus)
    }
    return draft
  }

  /// Inserts the results above the focused field: as many lines as fit, but at least three.
  ///
  /// - Returns: the lines shown.
  private func addOutcomes(to draft: inout FormDrawing, capacity: Int) -> LineWindow {
    let all = draft.outcomes
    let shown = min(all.count, max(min(3, capacity - 1), capacity - draft.lines.count))
    let window = drawn.outcomes.fitted(to: all.count, capacity: shown)
    draft.put(Array(all[window.lines]))
    return window
  }

  static let question = "Discard your input?"
  static let sendAgainQuestion = "Send it again?"

  private var footer: DialogFooter {
    if mayDiscard {
      return DialogFooter(
        status: Self.question, isQuestion: true, keys: [KeyHint("y", "leave")], alternative: KeyHint("Enter", "stay"))
    }
    if form.question != nil {
      return DialogFooter(
        status: Self.sendAgainQuestion, isQuestion: true, keys: [KeyHint("y", "send again")],
        alternative: KeyHint("Enter", "stay"))
    }
    if case .sending = form.phase, form.definition.stopsWhenLeft {
      return DialogFooter(status: waiting ?? "", alternative: KeyHint("Esc", "stop"))
    }
    if let waiting {
      let consequence = form.phase == .resolving ? "it will be reported" : "its outcome will be reported"
      return DialogFooter(status: waiting, alternative: KeyHint("Esc", "leave"), consequence: consequence)
    }
    let other = alternative.map { [$0.hint] } ?? []
    return DialogFooter(
      keys: [KeyHint("Enter", form.definition.verb)] + keysOfField
        + (form.fields.count > 1 ? [KeyHint("Tab", "next")] : []) + other,
      alternative: KeyHint("Esc", "leave"))
  }

  /// The keys that change the focused field, besides letters.
  private var keysOfField: [KeyHint] {
    switch field.kind {
    case .choice(let choices): choices.count > 1 ? [KeyHint("←→", "choose")] : []
    case .picks(let choices): choices.isEmpty ? [] : [KeyHint("Space", "pick")]
    case .line, .secret: []
    }
  }

  /// What the form is waiting for.
  var waiting: String? {
    switch form.phase {
    case .sending where form.definition.stopsWhenLeft: "\(form.progress ?? "")…"
    case .sending: "sending\(form.progress.map { " " + $0 } ?? "")…"
    case .resolving: "re-reading it to find out…"
    case .editing, .done: nil
    }
  }
}

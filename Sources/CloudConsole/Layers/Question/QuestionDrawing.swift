import CloudChanges
import CloudViewModels
import TerminalUI

/// Draws the lines of a question.
@MainActor
struct QuestionDrawing {
  let question: QuestionModel
  let editor: LineEditor
  /// The last frame.
  let drawn: QuestionLayer.Drawn
  let size: Size
  let textWidth: TextWidth

  func draw() -> LayerDrawing {
    let (content, list, records) = question.isAlone ? contentOfOne : contentOfSeveral
    let drawn = QuestionLayer.Drawn(list: list, records: records, isReady: question.phase == .ready)
    return LayerDrawing(content: content, settled: .question(drawn))
  }

  private var columns: Int { DialogContent.textColumns(wanted: wantedColumns, in: size) }
  private var wantedColumns: Int { question.isAlone ? 68 : 72 }

  private func wrap(_ text: String, _ style: Style = .normal) -> [DialogLine] {
    TextWrap.lines(text, columns: columns, textWidth: textWidth).map { DialogLine($0, style) }
  }

  private func titleLines(beside trailing: String) -> [DialogLine] {
    DialogContent.titleLines(question.title, beside: trailing, columns: columns, textWidth: textWidth)
  }

  /// The content for a single record: its consequences are a list, shown in full as long as there is room. The input
  /// field stays visible; what is above it scrolls if it has to.
  private var contentOfOne: (DialogContent, LineWindow, QuestionList?) {
    let capacity = DialogContent.compactLineCapacity(in: size)
    let (status, field) = (status, field)
    var title = titleLines(beside: "")
    var top = title + wrap(question.preface) + consequenceList + [DialogLine()]
    var bottom = warnings + wrap(status.text, status.style)
    func isTooLong() -> Bool { top.count + bottom.count + (field?.lines.count ?? 0) > capacity }
    if isTooLong() {
      title = titleLines(beside: Self.scrollSign)
      let consequences = question.items[0].texts.map { $0?.text ?? "…" }.joined(separator: " · ")
      top = title + wrap(question.preface) + (consequences.isEmpty ? [] : wrap(consequences, .strong))
    }
    // What matters least goes first: that nothing changed, then what the title says, too.
    if isTooLong(), question.phase == .ready, !question.isWrong { bottom = warnings }
    if isTooLong(), !title.isEmpty || !showsFacts {
      top.removeSubrange(title.count..<title.count + wrap(question.preface).count)
    }
    if bottom.count + (field?.lines.count ?? 0) >= capacity { (top, bottom) = (top + bottom, []) }
    bottom += field?.lines ?? []
    let window = drawn.list.fitted(to: top.count, capacity: max(1, min(top.count, capacity - bottom.count)))
    let lines = top[window.lines] + bottom
    let content = content(
      Array(lines), trailingTitle: window.isCut ? Self.scrollSign : "",
      hasTitleInside: !title.isEmpty && window.first == 0,
      cursor: field.map { Point(column: $0.cursorColumn, row: lines.count - 1) })
    return (content, window, nil)
  }

  private static let scrollSign = "↑↓"
  /// A screen of fewer rows has none for a blank line.
  private static let lowRows = 16

  private var consequenceList: [DialogLine] {
    question.items[0].texts.flatMap { finding in
      let style: Style =
        switch finding {
        case nil: .muted
        case .unread: .warning
        case .known, .nothing: .strong
        }
      return TextWrap.lines(finding?.text ?? "…", columns: max(1, columns - 5), textWidth: textWidth).enumerated()
        .map { index, line in DialogLine([Span(index == 0 ? "   • " : "     "), Span(line, style)]) }
    }
  }

  /// What is to be typed for the last admin belongs to a question that can still be answered.
  private var warnings: [DialogLine] { showsFacts ? question.warnings.flatMap { wrap("! " + $0, .warning) } : [] }

  /// The content for several records: the question and the input field stay visible; the list between them scrolls.
  private var contentOfSeveral: (DialogContent, LineWindow, QuestionList?) {
    let status = status
    let field = field
    let list = drawn.list
    let laidOut = QuestionList(
      question.items, held: question.heldItems, columns: columns, textWidth: textWidth, after: drawn.records)
    var records = laidOut
    let count = question.items.count
    let title = titleLines(beside: records.count > size.rows / 3 ? "\(count)–\(count) of \(count) ↑↓" : "")
    var top = title + wrap(question.preface)
    var facts = showsFacts ? wrap(question.facts.joined(separator: " ")) : []
    let fixed = warnings + wrap(status.text, status.style) + (field?.lines ?? [])
    if question.isAcrossClouds || !title.isEmpty, size.rows - 5 - top.count - facts.count - fixed.count < 3 {
      // What must be read before it is confirmed scrolls with the list.
      records.begin(with: top + facts)
      (top, facts) = ([], [])
    }
    var bottom = [DialogLine()] + facts + fixed
    let room = max(1, size.rows - 4 - top.count - bottom.count)
    if room < 3 || size.rows < Self.lowRows && records.count > room { bottom.removeFirst() }
    let shown = max(1, min(records.count, size.rows - 4 - top.count - bottom.count))
    let window = list.fitted(to: records.count, capacity: shown)
    let lines = top + records.lines(window.lines) + bottom
    let content = content(
      lines, trailingTitle: scrollText(of: records, in: window), isCut: window.isCut,
      hasTitleInside: !title.isEmpty && (!top.isEmpty || window.first == 0),
      cursor: field.map { Point(column: $0.cursorColumn, row: lines.count - 1) })
    return (content, window, laidOut)
  }

  private func content(
    _ lines: [DialogLine], trailingTitle: String = "", isCut: Bool = false, hasTitleInside: Bool, cursor: Point?
  ) -> DialogContent {
    var footer = footer
    if isCut, question.isAcrossClouds { footer.keys.append(KeyHint("PgDn", "all \(question.items.count)")) }
    return DialogContent(
      title: question.title, hasTitleInside: hasTitleInside, trailingTitle: trailingTitle, lines: lines,
      footer: footer, extent: .compact(columns: wantedColumns), style: question.isDestructive ? .danger : .warning,
      focusedLine: lines.count - 1, cursor: cursor, speech: speech)
  }

  /// The position in the list, if not all of it is visible.
  private func scrollText(of list: QuestionList, in window: LineWindow) -> String {
    guard window.isCut else { return "" }
    let (first, last) = (list.record(at: window.first), list.record(at: max(window.first, window.lines.upperBound - 1)))
    return "\(first + 1)–\(last + 1) of \(question.items.count) ↑↓"
  }

  /// The input field, after its prompt or on a line of its own if the prompt leaves too little room; `nil` if nothing is
  /// to be typed.
  private var field: (lines: [DialogLine], cursorColumn: Int)? {
    guard showsField, let asked = question.asked else { return nil }
    let used = textWidth.columns(of: prompt) + 2
    let needed = [asked.words, asked.name?.text ?? ""].map { textWidth.columns(of: $0) + 1 }.max() ?? 1
    let isBroken = used + needed > columns
    let window = editor.window(columns: max(1, columns - (isBroken ? 0 : used)), textWidth: textWidth)
    let typed = Span(window.text, Style(underline: true))
    guard isBroken else { return ([DialogLine([Span(prompt + "  "), typed])], used + window.cursorColumn) }
    let short = used - 2 > columns ? wrap(shortPrompt) : [DialogLine(prompt)]
    return (short + [DialogLine([typed])], window.cursorColumn)
  }

  /// Whether the name that may be typed can be seen on this screen.
  private var isNameShown: Bool { question.wanted?.name.map { textWidth.shows($0.text) } ?? false }

  private var prompt: String {
    question.wanted.map { "Type \($0.request(isNameShown: isNameShown)) to confirm:" }
      ?? "Type “\(LastAdmins.words)” to include \(question.heldItems.count == 1 ? "it" : "them"):"
  }

  private var shortPrompt: String {
    question.wanted.map { "Type \($0.request(isNameShown: isNameShown)):" } ?? prompt
  }

  private var showsFacts: Bool {
    switch question.phase {
    case .reading, .ready: true
    case .refused, .acting, .settled, .done: false
    }
  }

  /// Whether the question can be confirmed and the text to be typed is complete.
  private var isTyped: Bool { question.wanted != nil && question.canConfirm }

  private var showsField: Bool {
    switch question.phase {
    case .reading, .ready: question.asked != nil
    default: false
    }
  }

  private typealias StyledText = (text: String, style: Style)

  private var status: StyledText {
    let isAlone = question.isAlone
    if question.isWrong, let asked = question.asked {
      return ("! " + asked.correction(isNameShown: isNameShown), .danger)
    }
    switch question.phase {
    case .reading: return (isAlone ? "Re-reading it…" : "Re-reading them…", .muted)
    case .ready: return (recheckedText, .muted)
    case .refused(let text): return ("! " + text, .danger)
    case .acting where isAlone: return ("Sent; waiting for the response…", .muted)
    case .acting:
      let count = question.items.filter { $0.state != .asked && $0.state != .sending }.count
      let progress = "\(count) of \(question.items.count) answered"
      return (question.isStopping ? "\(progress); nothing more is sent." : "\(progress)…", .muted)
    case .settled(let text) where isAlone: return ("! " + text, .danger)
    case .settled:
      let isKnown = !question.items.contains(where: \.isUnknown)
      let text = isKnown ? "Not everything was done." : "Some outcomes are unknown."
      return (question.isAcrossClouds ? text : "\(text) The list is being refreshed.", .warning)
    case .done: return ("", .normal)
    }
  }

  /// What the re-reading found out.
  private var recheckedText: String {
    var (gone, already, changed, unread) = (0, 0, 0, 0)
    for item in question.items {
      switch item.state {
      case .gone: gone += 1
      case .already: already += 1
      case .refused: unread += 1
      default: if item.difference != nil { changed += 1 }
      }
    }
    let parts = [(gone, "already gone"), (already, "already so"), (changed, "changed"), (unread, "can't be read")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return "Just re-checked: " + (parts.isEmpty ? "unchanged" : parts.joined(separator: ", ")) + "."
  }

  private var footer: DialogFooter {
    let number = question.isAcrossClouds ? question.words : "\(question.verb) \(question.items.count)"
    let verb = question.isAlone ? question.verb : number
    switch question.phase {
    case .acting:
      return question.isAlone || question.isStopping
        ? DialogFooter(alternative: KeyHint("Esc", "leave"), consequence: "its outcome will be reported")
        : DialogFooter(alternative: KeyHint("Esc", "stop after this one"))
    case .refused, .settled, .done:
      let keys = question.leftCount > 0 ? [KeyHint("R", "ask again about \(question.leftCount)")] : []
      return DialogFooter(keys: keys, alternative: KeyHint("Enter", "close"))
    case .reading, .ready:
      let isEmpty = question.typed.isEmpty
      let alternative = isEmpty ? KeyHint("Enter", "cancel") : KeyHint("Esc", "cancel")
      guard question.wanted != nil else {
        let isIncluding = question.leavesOutLastAdmins && question.typed == LastAdmins.words
        let keys = isIncluding ? [KeyHint("Enter", "include")] : isEmpty && isConfirmable ? [KeyHint("y", verb)] : []
        return DialogFooter(keys: keys, alternative: alternative)
      }
      if isTyped { return DialogFooter(keys: [KeyHint("Enter", verb)], alternative: alternative) }
      let condition = "Type it in full, then press Enter to \(question.verb)"
      return DialogFooter(alternative: alternative, condition: condition)
    }
  }

  /// Whether `y` confirms, or will once everything is read.
  private var isConfirmable: Bool { question.phase != .ready || question.canConfirm }
}

extension QuestionDrawing {
  private static let spokenItems = 10

  /// The consequences are announced together once all are known, and so are the results: an earlier announcement may be
  /// replaced before the user hears it.
  private var speech: DialogSpeech {
    var speech = DialogSpeech()
    func say(_ text: String) {
      if !text.isEmpty { speech.remarks.append(DialogSpeech.Remark(text)) }
    }
    switch question.phase {
    case .ready:
      let texts = [question.title, question.preface, spokenList] + question.facts
      say(texts.filter { !$0.isEmpty }.joined(separator: " "))
      for warning in question.warnings { say(warning) }
    case .settled, .refused:
      for item in question.items where !question.isAlone && !(question.isAcrossClouds && item.isDone) {
        if let outcome = item.outcomeText { say("\(item.title): \(outcome)") }
      }
    case .reading, .acting, .done: break
    }
    if question.isWrong {
      speech.remarks.append(DialogSpeech.Remark(status.text.spokenStatus, occasion: question.wrongTries))
    } else {
      say(status.text.spokenStatus)
    }
    guard showsField, question.phase == .ready else { return speech }
    if isTyped { say("Typed in full: Enter \(question.isAlone ? "\(question.verb)s" : "does it").") }
    speech.focus = DialogSpeech.Focus(id: "typed", text: prompt, isTyped: true)
    return speech
  }

  private var spokenList: String {
    if question.isAlone { return question.items[0].texts.compactMap { $0?.text }.joined(separator: "; ") }
    let items = question.items.prefix(Self.spokenItems).map(QuestionList.text(of:))
    let more = question.items.count - items.count
    return (items + (more > 0 ? ["and \(more) more"] : [])).joined(separator: "; ")
  }
}

extension String {
  /// A status as it is announced, without the sign for a failure.
  var spokenStatus: String { hasPrefix("! ") ? String(dropFirst(2)) : self }
}

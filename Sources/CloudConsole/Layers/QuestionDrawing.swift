import CloudChanges
import CloudViewModels
import TerminalUI

/// Draws the lines of a question.
@MainActor
struct QuestionDrawing {
  let question: QuestionModel
  /// The text to be typed on this screen.
  let wanted: TypedText?
  let editor: LineEditor
  /// The scroll position of the list of records.
  let list: LineWindow
  let size: Size
  let textWidth: TextWidth

  func draw() -> LayerDrawing {
    let (content, list) = question.isAlone ? (contentOfOne, list) : contentOfSeveral
    return LayerDrawing(
      content: content,
      settled: .question(QuestionLayer.Drawn(list: list, wanted: wanted, isReady: question.phase == .ready)))
  }

  /// The content for a single record: its consequences are a list, shown in full as long as there is room.
  private var contentOfOne: DialogContent {
    let columns = DialogContent.textColumns(wanted: wantedColumns, in: size)
    let status = status
    var lines = linesOfOne(status, columns: columns)
    // A cut title doesn't identify the record, so the full title is repeated on lines of its own.
    let title = question.title
    let cutTitle = textWidth.columns(of: title) > columns - 2 ? title : nil
    if let cutTitle {
      lines = TextWrap.lines(cutTitle, columns: columns, textWidth: textWidth).map { DialogLine($0, .strong) } + lines
    }
    if lines.count + (showsField ? 1 : 0) > DialogContent.compactLineCapacity(in: size) {
      lines = shortLines(cutTitle, status, columns: columns)
    }
    var cursor: Point?
    if let field = field(columns: columns, canBreak: false) {
      cursor = Point(column: field.cursorColumn, row: lines.count)
      lines += field.lines
    }
    return content(lines, cursor: cursor)
  }

  private func linesOfOne(_ status: StyledText, columns: Int) -> [DialogLine] {
    var lines = [DialogLine(question.preface)]
    for text in question.items[0].consequences {
      let isUnknown = text?.hasPrefix("?") == true
      let wrapped = TextWrap.lines(text ?? "…", columns: max(1, columns - 5), textWidth: textWidth)
      for (index, line) in wrapped.enumerated() {
        let style: Style = text == nil ? .muted : isUnknown ? .warning : .strong
        lines.append(DialogLine([Span(index == 0 ? "   • " : "     "), Span(line, style)]))
      }
    }
    lines.append(DialogLine())
    return lines + warnings(columns: columns)
      + TextWrap.lines(status.text, columns: columns, textWidth: textWidth).map { DialogLine($0, status.style) }
  }

  /// What is to be typed for the last admin belongs to a question that can still be answered.
  private var warnings: [String] { showsFacts ? question.warnings : [] }

  private func warnings(columns: Int) -> [DialogLine] {
    warnings.flatMap { warning in
      TextWrap.lines("! " + warning, columns: columns, textWidth: textWidth).map { DialogLine($0, .warning) }
    }
  }

  /// The lines for a small screen: the consequences and the input field must be visible together.
  private func shortLines(_ title: String?, _ status: StyledText, columns: Int) -> [DialogLine] {
    let consequences = question.items[0].consequences.map { $0 ?? "…" }.joined(separator: " · ")
    let isWell = question.phase == .ready
    let status = isWell ? (title == nil ? status.text : "", status.style) : status
    let first = title.map { [($0, Style.strong)] } ?? [(question.preface, Style.normal)]
    let texts = first + [(consequences, .strong)] + warnings.map { ("! " + $0, .warning) } + [status]
    return texts.filter { !$0.0.isEmpty }.flatMap { text, style in
      TextWrap.lines(text, columns: columns, textWidth: textWidth).map { DialogLine($0, style) }
    }
  }

  /// The content for several records: the question and the input field stay visible; the list between them scrolls.
  private var contentOfSeveral: (DialogContent, LineWindow) {
    let columns = DialogContent.textColumns(wanted: wantedColumns, in: size)
    func wrap(_ text: String, _ style: Style = .normal) -> [DialogLine] {
      TextWrap.lines(text, columns: columns, textWidth: textWidth).map { DialogLine($0, style) }
    }
    let isCut = question.isAcrossClouds && textWidth.columns(of: question.title) > columns - 2
    var top = (isCut ? wrap(question.title, .strong) : []) + wrap(question.preface)
    let status = status
    var facts = showsFacts ? wrap(question.facts.joined(separator: " ")) : []
    let field = field(columns: columns, canBreak: true)
    let fixed = warnings(columns: columns) + wrap(status.text, status.style) + (field?.lines ?? [])
    var records = QuestionList(question.items, held: question.heldItems, columns: columns, textWidth: textWidth)
    if question.isAcrossClouds, size.rows - 5 - top.count - facts.count - fixed.count < 3 {
      // What must be read before it is confirmed scrolls with the list.
      records.begin(with: top + facts)
      (top, facts) = ([], [])
    }
    var bottom = [DialogLine()] + facts + fixed
    let room = max(1, size.rows - 4 - top.count - bottom.count)
    if room < 3 { bottom.removeFirst() }
    let shown = max(1, min(records.lines.count, size.rows - 4 - top.count - bottom.count))
    let window = list.fitted(to: records.lines.count, capacity: shown)
    let lines = top + records.lines[window.lines] + bottom
    let content = content(
      lines, trailingTitle: scrollText(of: records, in: window), isCut: window.isCut,
      cursor: field.map { Point(column: $0.cursorColumn, row: lines.count - 1) })
    return (content, window)
  }

  private var wantedColumns: Int { question.isAlone ? 68 : 72 }

  private func content(
    _ lines: [DialogLine], trailingTitle: String = "", isCut: Bool = false, cursor: Point?
  ) -> DialogContent {
    var footer = footer
    if isCut, question.isAcrossClouds { footer.keys.append("PgDn all \(question.items.count)") }
    return DialogContent(
      title: question.title, trailingTitle: trailingTitle, lines: lines, footer: footer,
      extent: .compact(columns: wantedColumns), style: question.isDestructive ? .danger : .warning,
      focusedLine: lines.count - 1, cursor: cursor, speech: speech)
  }

  /// The position in the list, if not all of it is visible.
  private func scrollText(of list: QuestionList, in window: LineWindow) -> String {
    guard window.isCut else { return "" }
    let shown = list.items[window.lines]
    return "\((shown.first ?? 0) + 1)–\((shown.last ?? 0) + 1) of \(question.items.count) ↑↓"
  }

  /// The input field; `nil` if nothing is to be typed.
  ///
  /// - Parameter canBreak: whether the field may follow its prompt on a second line if one line is too short.
  private func field(columns: Int, canBreak: Bool) -> (lines: [DialogLine], cursorColumn: Int)? {
    guard showsField else { return nil }
    let prompt = prompt + "  "
    let used = textWidth.columns(of: prompt)
    let text = wanted?.text ?? LastAdmins.words
    let isBroken = canBreak && used + textWidth.columns(of: text) + 1 > columns
    let start = isBroken ? 0 : used
    let window = editor.window(columns: max(1, columns - start), textWidth: textWidth)
    let line = DialogLine([Span(isBroken ? "" : prompt), Span(window.text, Style(underline: true))])
    return (isBroken ? [DialogLine(prompt), line] : [line], start + window.cursorColumn)
  }

  private var prompt: String {
    wanted.map { "Type \($0.request) to confirm:" } ?? "Type \(LastAdmins.words) to include it:"
  }

  private var showsFacts: Bool {
    switch question.phase {
    case .reading, .ready: true
    case .refused, .acting, .settled, .done: false
    }
  }

  /// Whether the question can be confirmed and the text to be typed is complete.
  private var isTyped: Bool { question.canConfirm && question.typed == wanted?.text }

  private var showsField: Bool {
    switch question.phase {
    case .reading, .ready: wanted != nil || question.leavesOutLastAdmins
    default: false
    }
  }

  private typealias StyledText = (text: String, style: Style)

  private var status: StyledText {
    let isAlone = question.isAlone
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
        ? DialogFooter(alternative: "Esc leave", consequence: "its outcome will be reported")
        : DialogFooter(alternative: "Esc stop after this one")
    case .refused, .settled, .done:
      let keys = question.leftCount > 0 ? ["R ask again about \(question.leftCount)"] : []
      return DialogFooter(keys: keys, alternative: "Enter close")
    case .reading, .ready:
      guard let wanted else {
        let keys = question.phase == .ready && !question.canConfirm ? [] : ["y \(verb)"]
        return DialogFooter(keys: keys, alternative: "Enter cancel")
      }
      if isTyped { return DialogFooter(keys: ["Enter \(verb)"], alternative: "Esc cancel") }
      let what = question.isAlone ? "the full \(wanted.title.hasPrefix("id ") ? "id" : wanted.title)" : "the words"
      let condition = "Type \(what), then press Enter to \(question.verb)"
      return DialogFooter(alternative: "Enter cancel", condition: condition)
    }
  }
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
    say(status.text.spokenStatus)
    guard showsField, question.phase == .ready else { return speech }
    if isTyped { say("Typed in full: Enter \(question.isAlone ? "\(question.verb)s" : "does it").") }
    speech.focus = DialogSpeech.Focus(id: "typed", text: prompt, isTyped: true)
    return speech
  }

  private var spokenList: String {
    if question.isAlone { return question.items[0].consequences.map { $0 ?? "" }.joined(separator: "; ") }
    let items = question.items.prefix(Self.spokenItems).map(QuestionList.text(of:))
    let more = question.items.count - items.count
    return (items + (more > 0 ? ["and \(more) more"] : [])).joined(separator: "; ")
  }
}

extension String {
  /// A status as it is announced, without the sign for a failure.
  var spokenStatus: String { hasPrefix("! ") ? String(dropFirst(2)) : self }
}

/// The records of a question as lines, one or more for each: title, consequences, result.
private struct QuestionList {
  private(set) var lines: [DialogLine] = []
  /// The index of the record that each line belongs to.
  private(set) var items: [Int] = []

  /// - Parameter held: the indices of the records that are left out unless the user includes them.
  init(_ records: [QuestionModel.Item], held: Set<Int>, columns: Int, textWidth: TextWidth) {
    for (index, item) in records.enumerated() {
      let room = max(1, columns - 4)
      add(
        TextWrap.lines(Self.text(of: item), columns: room, textWidth: textWidth).enumerated().map { offset, text in
          DialogLine([Span(offset == 0 ? "  • " : "    "), Span(text, .strong)])
        }, of: index)
      func addRemark(_ text: String, _ style: Style) {
        add(
          TextWrap.lines(text, columns: room - 2, textWidth: textWidth).map {
            DialogLine([Span("      "), Span($0, style)])
          },
          of: index)
      }
      if item.state == .asked, let difference = item.difference { addRemark("changed: \(difference)", .warning) }
      if held.contains(index) { addRemark("left out: it would have no admin", .warning) }
      if let outcome = item.outcomeText { addRemark(outcome, Self.style(of: item.state)) }
    }
  }

  /// Puts lines before those of the records.
  mutating func begin(with lines: [DialogLine]) {
    self.lines = lines + self.lines
    items = lines.map { _ in 0 } + items
  }

  private mutating func add(_ new: [DialogLine], of index: Int) {
    lines += new
    items += Array(repeating: index, count: new.count)
  }

  /// `Ada Lovelace · ada@atelier.example`. The result replaces the consequences once it is known.
  static func text(of item: QuestionModel.Item) -> String {
    guard item.state == .asked else { return item.title }
    return ([item.title] + item.consequences.map { $0 ?? "…" }).joined(separator: " · ")
  }

  private static func style(of state: QuestionModel.State) -> Style {
    switch state {
    case .done: .good
    case .refused, .notDone, .changed: .danger
    case .unknown: .warning
    case .leftOut: .warning
    case .asked, .sending, .gone, .already, .unsent: .muted
    }
  }
}

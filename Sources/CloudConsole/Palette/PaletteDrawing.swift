import TerminalUI

/// Draws the palette: the text, the rows that it finds, and what the selected one does.
@MainActor
struct PaletteDrawing {
  let palette: PaletteLayer
  let textWidth: TextWidth
  /// The rows on the screen.
  let window: LineWindow
  private let size: Size
  private let rows: [PaletteRow]
  private let selected: Int?
  private let columns: Int

  private static let columns = 100
  private static let explanationLines = 2
  private static let mostRows = 16

  /// - Parameter last: the rows of the last drawing.
  init(palette: PaletteLayer, size: Size, textWidth: TextWidth, after last: LineWindow) {
    self.palette = palette
    self.size = size
    self.textWidth = textWidth
    rows = palette.rows
    selected = palette.selected(of: rows)
    columns = DialogContent.textColumns(wanted: Self.columns, in: size)
    let others = 1 + Self.explanationLines + (Self.isShort(size) ? 0 : 2)
    let capacity = max(1, min(Self.mostRows, DialogContent.compactLineCapacity(in: size) - others))
    window = last.fitted(to: rows.count, capacity: capacity, cursor: selected ?? 0)
  }

  /// Whether there is no room for empty lines.
  private static func isShort(_ size: Size) -> Bool { size.rows < 16 }

  var content: DialogContent {
    let typed = palette.editor.window(columns: max(1, columns - 2), textWidth: textWidth)
    let gap = Self.isShort(size) ? [] : [DialogLine()]
    let row = selected.map { rows[$0] }
    let explanation = palette.explanation(of: row ?? (isArgument ? nil : rows.first))
    let shown = zip(window.lines, rows[window.lines])
    let nameColumns = shown.map { textWidth.columns(of: name(of: $0.1)) }.max() ?? 0
    var lines = [DialogLine([Span(": ", .accent), Span(typed.text)])] + gap
    lines += shown.map { line(of: $0.1, isHere: $0.0 == selected, nameColumns: nameColumns) }
    // That no command matches is said below.
    if rows.isEmpty, !isArgument { lines.append(DialogLine()) }
    lines += gap
    // As many lines whatever is selected, so that nothing jumps.
    var texts = TextWrap.lines(explanation.text, columns: columns, textWidth: textWidth)
    if texts.count > Self.explanationLines {
      let rest = texts[(Self.explanationLines - 1)...].joined(separator: " ")
      texts = texts.prefix(Self.explanationLines - 1) + [textWidth.truncated(rest, to: columns)]
    }
    texts += Array(repeating: "", count: Self.explanationLines - texts.count)
    lines += texts.map { DialogLine($0, explanation.isProblem ? .warning : .muted) }
    let selectedLine = selected.map { 1 + gap.count + $0 - window.first }
    return DialogContent(
      title: "Commands", trailingTitle: window.isCut ? window.text : "", lines: lines, footer: footer,
      extent: .compact(columns: Self.columns),
      focusedLine: selectedLine, selectedLine: selectedLine,
      cursor: palette.work == nil ? Point(column: 2 + typed.cursorColumn, row: 0) : nil,
      speech: speech(row, explanation.text))
  }

  private var isArgument: Bool {
    if case .argument = palette.line { true } else { false }
  }

  private var footer: DialogFooter {
    if palette.work != nil { return DialogFooter(alternative: KeyHint("Esc", "cancel")) }
    let completes =
      isArgument ? !rows.isEmpty : palette.binding(at: selected.map { rows[$0] })?.argument != nil
    let runs = isArgument || !rows.isEmpty
    return DialogFooter(
      keys: (runs ? [KeyHint("Enter", "run")] : []) + (completes ? [KeyHint("Tab", "complete")] : []),
      alternative: KeyHint("Esc", "close"))
  }

  private func name(of row: PaletteRow) -> String {
    switch row {
    case .choice(let choice): return choice.title
    case .command(let binding):
      let marked = palette.rules.refusal(binding.command) == nil ? palette.rules.markedCount(binding.command) : 0
      return binding.usage + (marked > 0 ? " \(marked)" : "")
    }
  }

  /// The name, then what it does, then the keys, as far as there is room: the name first, then the keys.
  private func line(of row: PaletteRow, isHere: Bool, nameColumns: Int) -> DialogLine {
    let (description, keys, style) =
      switch row {
      case .choice(let choice): (choice.detail, [""], isHere ? Style.strong : .normal)
      case .command(let binding):
        (
          binding.summary, [binding.keyText, binding.keys.first?.title ?? binding.keyText],
          palette.rules.refusal(binding.command) != nil ? Style.muted : isHere ? .strong : .normal
        )
      }
    let name = textWidth.truncated(name(of: row), to: columns - 2)
    let used = 2 + max(nameColumns, textWidth.columns(of: name)) + 2
    let wanted = used + textWidth.columns(of: description)
    let key = keys.first { wanted + 2 + textWidth.columns(of: $0) <= columns } ?? keys.last ?? ""
    let room = columns - used - (key.isEmpty ? 0 : textWidth.columns(of: key) + 2)
    var spans = [Span(isHere ? "▸ " : "  ", .accent), Span(name, style)]
    // Less would be a few letters that say nothing; the line under the list says it whole.
    if room >= min(12, textWidth.columns(of: description)) {
      spans.append(Span(String(repeating: " ", count: used - 2 - textWidth.columns(of: name))))
      spans.append(Span(textWidth.truncated(description, to: room), .muted))
    }
    return DialogLine(spans, trailing: key.isEmpty ? [] : [Span(key, .muted)])
  }

  private func speech(_ row: PaletteRow?, _ explanation: String) -> DialogSpeech {
    var speech = DialogSpeech()
    if let problem = palette.problem { speech.remarks = [DialogSpeech.Remark(problem, occasion: palette.problems)] }
    switch row {
    case .command(let binding)?:
      speech.focus = DialogSpeech.Focus(
        id: binding.command.rawValue, text: "\(binding.usage), \(binding.summary), \(binding.keyText)",
        remark: palette.problem == nil ? explanation : "")
    case .choice(let choice)?:
      speech.focus = DialogSpeech.Focus(
        id: choice.text, text: [choice.title, choice.detail].filter { !$0.isEmpty }.joined(separator: ", "),
        remark: palette.problem == nil ? explanation : "")
    case nil:
      if palette.problem == nil { speech.remarks = [DialogSpeech.Remark(explanation)] }
    }
    return speech
  }
}

import CloudViewModels
import TerminalUI

/// Draws the lines of a form, field by field.
@MainActor
struct FormDrawing {
  let form: FormModel
  let columns: Int
  let labelColumns: Int
  let textWidth: TextWidth

  /// Whether to leave out hints and blank lines, because the results of sending need the room.
  let isShort: Bool

  /// Whether the first lines hold the title.
  let hasTitleInside: Bool
  private(set) var lines: [DialogLine] = []
  private(set) var focusedLine: Int?
  /// The pick under the cursor.
  private(set) var selectedLine: Int?
  /// The last line of the problem or hint of the focused field.
  private(set) var focusedEnd: Int?
  private(set) var cursor: Point?
  private(set) var targets: [Target] = []

  /// A part of a line that a click focuses or chooses.
  struct Target: Hashable {
    var line: Int
    let columns: Range<Int>
    /// The index of the field.
    let field: Int
    /// The choice that is clicked; `nil` for the field itself.
    var choice: Int?
  }

  init(form: FormModel, columns: Int, labelColumns: Int, textWidth: TextWidth, isShort: Bool = false) {
    self.isShort = isShort
    self.form = form
    self.columns = columns
    self.labelColumns = labelColumns
    self.textWidth = textWidth
    // The results of sending need the room more than the end of a long title.
    lines = isShort ? [] : DialogContent.titleLines(form.definition.title, columns: columns, textWidth: textWidth)
    hasTitleInside = !lines.isEmpty
    if !isShort, !form.definition.preface.isEmpty { lines += wrapped(form.definition.preface, .normal, indent: 0) }
  }

  /// - Parameter index: the index of the field.
  mutating func add(_ field: FormField, at index: Int, editor: LineEditor?, cursor: Int, isFocused: Bool) {
    if !lines.isEmpty, !isShort { lines.append(DialogLine()) }
    if isFocused { focusedLine = lines.count }
    let first = lines.count
    switch field.kind {
    case .line:
      addLine(field, editor ?? LineEditor(), isFocused: isFocused)
    case .secret:
      addLine(field, (editor ?? LineEditor()).dotted, isFocused: isFocused)
    case .choice(let choices):
      let chosen = form.values[field.id]?.text
      let marks = choices.map { ($0.id == chosen ? "(•) " : "( ) ") + $0.title }
      var start = labelColumns
      for (choice, mark) in marks.enumerated() {
        let end = start + textWidth.columns(of: mark)
        targets.append(Target(line: first, columns: start..<end, field: index, choice: choice))
        start = end + 3
      }
      let text = marks.joined(separator: "   ")
      lines.append(DialogLine(label(field, isFocused) + [Span(text, isFocused ? .strong : .normal)]))
    case .picks(let choices):
      targets += choices.indices.map {
        Target(line: first + $0, columns: labelColumns..<columns, field: index, choice: $0)
      }
      addPicks(field, choices, cursor: cursor, isFocused: isFocused)
    }
    targets += (first..<lines.count).map { Target(line: $0, columns: 0..<columns, field: index) }
    addRemark(field)
    if isFocused { focusedEnd = lines.count - 1 }
  }

  /// Adds the result of each part that was sent, and the problem that belongs to no field.
  mutating func addOutcomes() {
    if hasOutcomes { lines.append(DialogLine()) }
    lines += outcomes
  }

  var hasOutcomes: Bool { !form.outcomes.isEmpty || problem != nil }

  /// The question or problem that belongs to no field.
  private var problem: String? { form.question ?? form.problem }

  var outcomes: [DialogLine] {
    form.outcomes.flatMap { wrapped($0, .normal, indent: 0) }
      + (problem.map { wrapped($0, .danger, indent: 0) } ?? [])
  }

  /// Inserts lines right above the focused field, so that they are visible together with it.
  mutating func put(_ outcomes: [DialogLine]) {
    let place = focusedLine.map { min($0, cursor?.row ?? $0) } ?? 0
    lines.insert(contentsOf: outcomes, at: place)
    focusedLine = focusedLine.map { $0 + outcomes.count }
    selectedLine = selectedLine.map { $0 + outcomes.count }
    focusedEnd = focusedEnd.map { $0 + outcomes.count }
    cursor = cursor.map { Point(column: $0.column, row: $0.row + outcomes.count) }
    for index in targets.indices where targets[index].line >= place { targets[index].line += outcomes.count }
  }

  private mutating func addLine(_ field: FormField, _ editor: LineEditor, isFocused: Bool) {
    let room = max(1, columns - labelColumns)
    let window = editor.window(columns: room, textWidth: textWidth)
    if isFocused { cursor = Point(column: labelColumns + window.cursorColumn, row: lines.count) }
    let text =
      editor.text.isEmpty && !field.placeholder.isEmpty
      ? Span(textWidth.truncated(field.placeholder, to: room), Style(.muted, underline: isFocused))
      : Span(window.text, Style(underline: isFocused))
    // The line of the field shows where something can be typed, also while it is empty.
    let rest = String(repeating: " ", count: max(0, room - textWidth.columns(of: text.text)))
    let line = Style(isFocused ? .normal : .muted, underline: true)
    lines.append(DialogLine(label(field, isFocused) + [text, Span(rest, line)]))
  }

  private mutating func addPicks(_ field: FormField, _ choices: [Choice], cursor: Int, isFocused: Bool) {
    let picked = Set(form.values[field.id]?.picks ?? [])
    if choices.isEmpty { lines.append(DialogLine(label(field, isFocused) + [Span("—", .muted)])) }
    for (index, choice) in choices.enumerated() {
      let isHere = isFocused && index == cursor
      if isHere { (focusedLine, selectedLine) = (lines.count, lines.count) }
      let start = index == 0 ? label(field, isFocused) : [Span(String(repeating: " ", count: labelColumns))]
      let mark = (isHere ? "▸" : " ") + (picked.contains(choice.id) ? "[x] " : "[ ] ")
      lines.append(DialogLine(start + [Span(mark + choice.title, isHere ? .strong : .normal)]))
    }
  }

  private mutating func addRemark(_ field: FormField) {
    if let problem = form.problems[field.id] {
      addWrapped("! " + problem, .danger, indent: labelColumns)
    } else if !isShort {
      // The hint of a placeholder is about the empty line.
      let hint = field.placeholder.isEmpty || form.values.line(field.id).isEmpty ? field.hint : ""
      let remark = form.remarks[field.id] ?? hint
      if !remark.isEmpty { addWrapped(remark, .muted, indent: labelColumns) }
    }
  }

  private mutating func addWrapped(_ text: String, _ style: Style, indent: Int) {
    lines += wrapped(text, style, indent: indent)
  }

  private func wrapped(_ text: String, _ style: Style, indent: Int) -> [DialogLine] {
    TextWrap.lines(text, columns: max(1, columns - indent), textWidth: textWidth).map { line in
      DialogLine([Span(String(repeating: " ", count: indent)), Span(line, style)])
    }
  }

  private func label(_ field: FormField, _ isFocused: Bool) -> [Span] {
    let missing = max(1, labelColumns - textWidth.columns(of: field.label))
    return [Span(field.label + String(repeating: " ", count: missing), isFocused ? Style(.accent, bold: true) : .muted)]
  }
}

extension LineEditor {
  /// The editor with a dot in place of each character.
  fileprivate var dotted: LineEditor {
    let count = text.count
    var dots = LineEditor(String(repeating: "•", count: count))
    for _ in cursor..<count { _ = dots.handle(.left) }
    return dots
  }
}

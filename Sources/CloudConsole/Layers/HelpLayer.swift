import TerminalUI

/// Every key, with a search: those of the dialog or those that are likely wanted here first, then all, grouped by task.
@MainActor
final class HelpLayer: ScrollingLayer {
  private let refusal: @MainActor (Command) -> String?
  private let place: String
  private let here: [Command]
  private let dialog: DialogHelp?

  /// - Parameters:
  ///   - place: the pane that has the focus.
  ///   - here: the commands that are available there, the likeliest first.
  ///   - dialog: the keys of the dialog that the help is opened over.
  ///   - refusal: the reason why a command is unavailable everywhere in this console.
  init(
    keymap: Keymap, place: String, here: [Command], dialog: DialogHelp? = nil,
    refusal: @escaping @MainActor (Command) -> String?
  ) {
    self.place = place
    self.dialog = dialog
    self.here = here
    self.refusal = refusal
    super.init(keymap: keymap)
  }

  override var title: String { "Keys" }
  override var isSearchable: Bool { true }
  override var command: Command? { .help }

  override func page(columns: Int, textWidth: TextWidth, search: String) -> Page {
    let keyColumns = 2 + (keymap.bindings.map { textWidth.columns(of: $0.keyText) }.max() ?? 0)
    var lines: [DialogLine] = []
    if let dialog {
      let keys = dialog.keys.filter { Self.matches($0.text, search) }
      lines += section(dialog.title, keys.map { ($0.keys, $0.label) }, keyColumns, columns, textWidth)
    }
    let likely = here.compactMap { keymap.binding(of: $0) }.filter { matches($0, search) }
    if !likely.isEmpty {
      if !lines.isEmpty { lines.append(DialogLine()) }
      lines.append(DialogLine(place, Style(.accent, bold: true)))
      for binding in likely { lines += self.lines(of: binding, keyColumns, columns, textWidth) }
    }
    for task in Binding.Task.allCases {
      let bindings = keymap.bindings.filter {
        $0.task == task && !here.contains($0.command) && matches($0, search)
      }
      guard !bindings.isEmpty else { continue }
      if !lines.isEmpty { lines.append(DialogLine()) }
      lines.append(heading(task, bindings))
      for binding in bindings { lines += self.lines(of: binding, keyColumns, columns, textWidth) }
    }
    if search.isEmpty {
      lines.append(DialogLine())
      lines += section("Filter", Self.filters, keyColumns, columns, textWidth)
      lines.append(DialogLine())
      lines += section("Signs", Self.signs, keyColumns, columns, textWidth)
    }
    return Page(
      lines: lines.isEmpty ? [DialogLine("No key matches \"\(search)\".", .muted)] : lines)
  }

  /// The title of a task, with each reason why some of its commands are unavailable, said once.
  private func heading(_ task: Binding.Task, _ bindings: [Binding]) -> DialogLine {
    var reasons: [String] = []
    for case let reason? in bindings.map({ refusal($0.command) }) where !reasons.contains(reason) {
      reasons.append(reason)
    }
    let off = reasons.isEmpty ? [] : [Span("   off: " + reasons.joined(separator: " "), .warning)]
    return DialogLine([Span(task.rawValue, Style(.accent, bold: true))] + off)
  }

  private func lines(of binding: Binding, _ keyColumns: Int, _ columns: Int, _ textWidth: TextWidth) -> [DialogLine] {
    let missing = keyColumns - textWidth.columns(of: binding.keyText)
    let texts = TextWrap.lines(binding.help, columns: max(10, columns - keyColumns), textWidth: textWidth)
    let isOff = refusal(binding.command) != nil
    let keyStyle: Style = isOff ? .muted : binding.isDangerous ? .danger : .strong
    return texts.enumerated().map { index, text in
      let keys =
        index == 0
        ? [Span(binding.keyText, keyStyle), Span(String(repeating: " ", count: missing))]
        : [Span(String(repeating: " ", count: keyColumns))]
      return DialogLine(keys + [Span(text, isOff ? .muted : .normal)])
    }
  }

  /// What a filter can say, by examples.
  private static let filters = [
    ("ada admin", "Rows with these words in any column, in any order; ids only whole."),
    ("-word", "Rows without it, as !word."),
    ("\"ada l\"", "Blanks kept together; \"a=b\" is a word."),
    ("role=user", "Rows whose column has this value, whole; != for others. The value may have blanks."),
    ("size>1GB", "Also <, <=, >=: sizes, numbers, dates in UTC (since<2024-03), roles and text."),
  ]

  /// The meaning of the symbols on the screen.
  private static let signs = [
    ("▸", "The row under the cursor."), ("●", "A marked row: commands act on the marked rows."),
    ("+ ~", "A row that is new or changed since the last read, until you select it or press {back}."),
    ("·", "A size that is loading."),
    ("?", "Something that could not be read; the border or {open} says why, {refresh} retries."),
    (
      "!",
      "Before a name: it contains hidden characters; {open} lists them. After a size: an old value, because reading failed."
    ), ("≥", "A sum without all sizes."),
    ("↓2", "Two requests have been in flight for a while; {log} lists them."),
  ]

  private func section(
    _ title: String, _ entries: [(String, String)], _ keyColumns: Int, _ columns: Int, _ textWidth: TextWidth
  ) -> [DialogLine] {
    guard !entries.isEmpty else { return [] }
    return [DialogLine(title, Style(.accent, bold: true))]
      + entries.flatMap { sign, meaning in
        let gap = String(repeating: " ", count: max(1, keyColumns - textWidth.columns(of: sign)))
        let texts = TextWrap.lines(
          keymap.withKeys(meaning), columns: max(10, columns - keyColumns), textWidth: textWidth)
        return texts.enumerated().map { index, text in
          DialogLine([Span(index == 0 ? sign + gap : String(repeating: " ", count: keyColumns), .strong), Span(text)])
        }
      }
  }

  private func matches(_ binding: Binding, _ search: String) -> Bool {
    Self.matches(
      [binding.keyText, binding.label, binding.help, binding.command.rawValue].joined(separator: " "), search)
  }

  private static func matches(_ text: String, _ search: String) -> Bool {
    search.split(separator: " ").allSatisfy { text.lowercased().contains($0.lowercased()) }
  }
}

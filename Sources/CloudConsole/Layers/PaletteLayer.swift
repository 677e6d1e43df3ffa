import TerminalUI

/// Every command by its name, with a search; Enter runs the selected one.
@MainActor
final class PaletteLayer: Layer {
  private let keymap: Keymap
  private let refusal: @MainActor (Command) -> String?
  private let markedCount: @MainActor (Command) -> Int
  private var editor = LineEditor()
  private var selected = 0

  /// - Parameters:
  ///   - refusal: the reason why a command is unavailable.
  ///   - markedCount: the number of marked records that a command acts on; 0 if it doesn't act on marked records.
  init(
    keymap: Keymap, refusal: @escaping @MainActor (Command) -> String?,
    markedCount: @escaping @MainActor (Command) -> Int = { _ in 0 }
  ) {
    self.keymap = keymap
    self.markedCount = markedCount
    self.refusal = refusal
  }

  private var found: [Binding] {
    let words = editor.text.lowercased().split(separator: " ")
    return keymap.bindings.filter { binding in
      guard binding.command != .palette else { return false }
      let text = (binding.command.rawValue + " " + binding.label + " " + binding.help).lowercased()
      return words.allSatisfy { text.contains($0) }
    }.sorted { left, right in
      // Names that begin with the search text come first.
      rank(left, words) < rank(right, words)
    }
  }

  private func rank(_ binding: Binding, _ words: [Substring]) -> Int {
    // Without a search text, commands that change something come first; movements have keys.
    guard let first = words.first else {
      return [.change, .look, .mark, .console, .move].firstIndex(of: binding.task) ?? 0
    }
    return binding.command.rawValue.hasPrefix(first) ? 0 : binding.command.rawValue.contains(first) ? 1 : 2
  }

  var isTyping: Bool { true }

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    if case .paste(let text) = event { editor.insert(text) }
    guard case .key(let key) = event else { return .stay }
    switch key {
    case .escape, .control("c"): return .close
    case .enter:
      guard found.indices.contains(selected) else { return .stay }
      return .run(found[selected].command)
    case .down, .tab, .control("n"): selected = min(selected + 1, max(0, found.count - 1))
    case .up, .backTab, .control("p"): selected = max(0, selected - 1)
    default:
      if editor.handle(key) { selected = 0 }
    }
    return .stay
  }

  func draw(size: Size, textWidth: TextWidth) -> LayerDrawing {
    LayerDrawing(content: content(size: size, textWidth: textWidth))
  }

  private func content(size: Size, textWidth: TextWidth) -> DialogContent {
    let columns = DialogContent.textColumns(wanted: 72, in: size)
    let window = editor.window(columns: max(1, columns - 2), textWidth: textWidth)
    let capacity = max(1, min(16, size.rows - 8))
    let first = max(0, selected - capacity + 1)
    var lines = [DialogLine([Span(": ", .accent), Span(window.text)]), DialogLine()]
    for (index, binding) in found.enumerated().dropFirst(first).prefix(capacity) {
      let isHere = index == selected
      let reason = refusal(binding.command)
      let marked = reason == nil ? markedCount(binding.command) : 0
      let text = binding.command.rawValue + (marked > 0 ? " \(marked)" : "")
      let name = [Span(isHere ? "▸ " : "  ", .accent), Span(text, style(isHere, reason))]
      lines.append(DialogLine(name, trailing: [Span(binding.keyText, .muted)]))
    }
    if found.isEmpty { lines.append(DialogLine("  No matching command.", .muted)) }
    lines.append(DialogLine())
    let explained = found.indices.contains(selected) ? found[selected] : nil
    lines.append(DialogLine(explained.map(explanation) ?? "", .muted))
    let range = found.count > capacity ? "\(first + 1)–\(first + capacity) of \(found.count)" : ""
    return DialogContent(
      title: "Commands", trailingTitle: range, lines: lines,
      footer: DialogFooter(keys: ["Enter run"], alternative: "Esc close"), extent: .compact(columns: 72),
      focusedLine: found.isEmpty ? nil : 2 + selected - first, cursor: Point(column: 2 + window.cursorColumn, row: 0),
      speech: speech(explained))
  }

  /// The reason why the command is unavailable, or its description.
  private func explanation(_ binding: Binding) -> String {
    refusal(binding.command) ?? binding.help
  }

  private func speech(_ binding: Binding?) -> DialogSpeech {
    guard let binding else { return DialogSpeech(remarks: [DialogSpeech.Remark("No matching command.")]) }
    let name = binding.command.rawValue
    return DialogSpeech(
      focus: DialogSpeech.Focus(id: name, text: "\(name) \(binding.keyText)", remark: explanation(binding)))
  }

  private func style(_ isHere: Bool, _ reason: String?) -> Style {
    reason != nil ? .muted : isHere ? .strong : .normal
  }
}

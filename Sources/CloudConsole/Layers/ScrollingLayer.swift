import TerminalUI

/// Lines in a large dialog that scrolls: the record, the log, the size overview, the help.
///
/// With `/` the lines are narrowed to those that hold what is typed, where the layer allows it.
@MainActor
class ScrollingLayer: Layer {
  let keymap: Keymap
  private(set) var first = 0
  /// The line under the cursor, in a layer whose lines can be chosen; it is always on the screen.
  var cursorLine: Int? { nil }
  private(set) var search: LineEditor?
  private var capacity = 1
  private var count = 0

  init(keymap: Keymap) {
    self.keymap = keymap
  }

  var title: String { "" }
  var trailingTitle: String { "" }
  var isSearchable: Bool { false }
  /// Columns of a dialog no larger than its lines; `nil` takes the screen.
  var compactColumns: Int? { nil }
  /// Keys besides those that scroll, search and close.
  var keyHelp: [String] { [] }
  /// What tells the line under the cursor from others.
  var cursorID: String { cursorLine.map { String($0) } ?? "" }
  /// That line as it is said, where it is cut.
  var cursorText: String? { nil }
  /// What is said of it besides where one is.
  var remarks: [String] { [] }
  /// The command that opens the layer: its key closes it, too.
  var command: Command? { nil }

  func lines(columns: Int, textWidth: TextWidth, search: String) -> [DialogLine] { [] }

  /// Puts the cursor on another line.
  func moveCursor(to line: Int) {}

  /// Takes a key that neither scrolls nor searches nor closes.
  func take(_ key: Key) -> LayerAnswer { .stay }
  func takes(_ command: Command) -> Bool { command == self.command }

  func wasRemoved() {}

  func content(size: Size, textWidth: TextWidth) -> DialogContent {
    capacity = DialogContent.lineCapacity(in: size)
    let large = DialogContent.place(.large, lines: 0, in: size).columns - 4
    let columns = max(1, compactColumns.map { min(DialogContent.textColumns(wanted: $0, in: size), large) } ?? large)
    let all = lines(columns: columns, textWidth: textWidth, search: search?.text ?? "")
    count = all.count
    showCursorLine()
    let shown = Array(all.dropFirst(first).prefix(capacity))
    let range = count > capacity ? "\(first + 1)–\(first + shown.count) of \(count)" : trailingTitle
    return DialogContent(
      title: title, trailingTitle: range, lines: shown, footer: footer,
      extent: compactColumns.flatMap { count < capacity ? .compact(columns: $0) : nil } ?? .large,
      focusedLine: cursorLine.map { $0 - first }, speech: speech(all))
  }

  private var footer: DialogFooter {
    if let search {
      let prompt = FilterPrompt(text: search.text, cursor: search.cursor)
      return isTypingSearch
        ? DialogFooter(prompt: prompt, keys: ["Enter keep"], alternative: "Esc clear")
        : DialogFooter(status: "/\(search.text)", keys: scrollKeys + keyHelp, alternative: "Esc clear")
    }
    let others = scrollKeys + (isSearchable ? ["/ search"] : [])
    // Where there is a line to choose, what is done with it is what the layer is for.
    return DialogFooter(keys: cursorLine == nil ? others + keyHelp : keyHelp + others, alternative: "Esc close")
  }

  private var scrollKeys: [String] { count > capacity ? ["↑↓ PgUp PgDn scroll"] : [] }

  private func speech(_ lines: [DialogLine]) -> DialogSpeech {
    var speech = DialogSpeech(remarks: remarks.map { DialogSpeech.Remark($0) })
    if let search {
      // One line may be the one that says there are none.
      let found = lines.count == 1 ? LinearText.line(lines[0]) : "\(lines.count) lines for \(search.text)."
      speech.remarks.append(DialogSpeech.Remark(search.text.isEmpty ? "Type to search." : found))
    }
    if let cursorLine, lines.indices.contains(cursorLine) {
      speech.focus = DialogSpeech.Focus(id: cursorID, text: cursorText ?? LinearText.line(lines[cursorLine]))
    }
    return speech
  }

  private static let wheelLines = 3
  private var isTypingSearch = false

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    switch event {
    case .key(let key): return isTypingSearch ? type(key) : scroll(key) ?? take(key)
    // Behind an Esc it scrolls and searches at most.
    case .keyBehindEscape(let key): return isTypingSearch ? type(key) : scroll(key) ?? .stay
    case .paste(let text): if isTypingSearch { search?.insert(text) }
    case .mouse(let mouse) where mouse.action == .wheelUp: move(by: -Self.wheelLines)
    case .mouse(let mouse) where mouse.action == .wheelDown: move(by: Self.wheelLines)
    default: break
    }
    return .stay
  }

  private func type(_ key: Key) -> LayerAnswer {
    switch key {
    case .escape:
      search = nil
      isTypingSearch = false
    case .enter:
      isTypingSearch = false
      if search?.text.isEmpty == true { search = nil }
    default:
      _ = search?.handle(key)
      first = 0
    }
    return .stay
  }

  var isTyping: Bool { isTypingSearch }

  /// Scrolls, searches or closes; `nil` for a key that does something else.
  private func scroll(_ key: Key) -> LayerAnswer? {
    switch key {
    case .escape where search != nil: search = nil
    case .escape, .control("c"), .character("q"): return .close
    case .character("/") where isSearchable:
      isTypingSearch = true
      search = LineEditor()
    case .down, .character("j"): move(by: 1)
    case .up, .character("k"): move(by: -1)
    case .pageDown, .character(" "), .control("f"), .control("d"): move(by: capacity)
    case .pageUp, .control("b"), .control("u"): move(by: -capacity)
    case .home, .character("g"): move(by: -count)
    case .end, .character("G"): move(by: count)
    default:
      return command != nil && keymap.command(for: key) == command ? .close : nil
    }
    return .stay
  }

  /// Moves the cursor where there is one, else the lines.
  private func move(by lines: Int) {
    if let cursorLine {
      moveCursor(to: max(0, min(cursorLine + lines, count - 1)))
    } else {
      first = max(0, min(first + lines, count - capacity))
    }
  }

  private func showCursorLine() {
    first = max(0, min(first, count - capacity))
    guard let cursorLine else { return }
    first = max(min(first, cursorLine), cursorLine - capacity + 1)
  }
}

import TerminalUI

/// Lines in a large dialog that scrolls: the record, the log, the size overview, the help.
///
/// In a searchable layer `/` filters the lines by the text typed.
@MainActor
class ScrollingLayer: Layer {
  /// All lines of the layer, and the position of the cursor.
  struct Page {
    var lines: [DialogLine]
    /// The line under the cursor, if lines can be selected.
    var cursor: Int?
    /// The identity of that line.
    var cursorID = ""
    /// The full text of that line for a screen reader, if it is cut.
    var cursorText: String?
    /// The identity of each line, for layers that need it; the lines of an entry share one.
    var ids: [AnyHashable] = []

    /// The number of lines of the entry under the cursor.
    var cursorHeight: Int {
      guard let cursor, ids.indices.contains(cursor) else { return 1 }
      return ids[cursor...].prefix { $0 == ids[cursor] }.count
    }
  }

  /// The part of the page that the last frame shows.
  struct Drawn: Hashable {
    var window = LineWindow()
    var ids: [AnyHashable] = []
  }

  let keymap: Keymap
  private(set) var drawn = Drawn()
  /// The line under the cursor, if lines can be selected; it is always visible.
  var cursorLine: Int? { nil }
  private(set) var search: LineEditor?

  init(keymap: Keymap) {
    self.keymap = keymap
  }

  var title: String { "" }
  var trailingTitle: String { "" }
  var isSearchable: Bool { false }
  /// The columns of a dialog no larger than its lines; `nil` for one that fills the screen.
  var compactColumns: Int? { nil }
  /// The keys besides those that scroll, search and close.
  var keyHelp: [KeyHint] { [] }
  /// The remarks for a screen reader besides the position.
  var remarks: [String] { [] }
  var takesKeysTypedAhead: Bool { false }
  var furtherKeys: [KeyHint] {
    isTypingSearch
      ? []
      : [
        KeyHint("↑↓ j k", cursorLine == nil ? "Scroll by a line." : "Go to the previous or next line."),
        KeyHint("PgUp PgDn", "Scroll by a page, as Ctrl-B and Ctrl-F."),
        KeyHint("Home End", "Go to the first or last line, as g and G."),
      ]
  }
  /// The command that opens the layer; its key also closes it.
  var command: Command? { nil }

  func page(columns: Int, textWidth: TextWidth, search: String) -> Page { Page(lines: []) }

  /// Moves the cursor to another line.
  func moveCursor(to line: Int) {}

  /// Handles a key that doesn't scroll, search or close.
  func take(_ key: Key) -> LayerAnswer { .stay }
  func takes(_ command: Command) -> Bool { command == self.command }

  func wasRemoved() {}

  func draw(size: Size, textWidth: TextWidth) -> LayerDrawing {
    let capacity = DialogContent.lineCapacity(in: size)
    let large = DialogContent.place(.large, lines: 0, in: size).columns - 4
    let columns = max(1, compactColumns.map { min(DialogContent.textColumns(wanted: $0, in: size), large) } ?? large)
    var page = page(columns: columns, textWidth: textWidth, search: search?.text ?? "")
    let count = page.lines.count
    let longest = count > capacity ? "\(count)–\(count) of \(count)" : trailingTitle
    var head = DialogContent.titleLines(title, beside: longest, columns: columns, textWidth: textWidth)
    let hasTitleInside = !head.isEmpty
    // A long title scrolls with the lines, unless the cursor is in them.
    if page.cursor == nil {
      (page.lines, head) = (head + page.lines, [])
    } else {
      head = Array(head.prefix(capacity / 2))
    }
    let window = drawn.window.fitted(
      to: page.lines.count, capacity: capacity - head.count, cursor: page.cursor, height: page.cursorHeight)
    let selectedLine = page.cursor.map { $0 - window.first + head.count }
    let content = DialogContent(
      title: title, hasTitleInside: hasTitleInside, trailingTitle: window.isCut ? window.text : trailingTitle,
      lines: head + page.lines[window.lines], footer: footer(page, window),
      extent: compactColumns.flatMap { window.count < window.capacity ? .compact(columns: $0) : nil } ?? .large,
      focusedLine: selectedLine, selectedLine: selectedLine, selectedHeight: page.cursorHeight, speech: speech(page))
    return LayerDrawing(content: content, settled: .lines(Drawn(window: window, ids: page.ids)))
  }

  func takeOver(_ settled: LayerDrawing.Settled) {
    if case .lines(let drawn) = settled { self.drawn = drawn }
  }

  private func footer(_ page: Page, _ window: LineWindow) -> DialogFooter {
    let scrollKeys = window.isCut ? [KeyHint("↑↓ PgUp PgDn", "scroll")] : []
    if let search {
      let prompt = FilterPrompt(text: search.text, cursor: search.cursor)
      return isTypingSearch
        ? DialogFooter(prompt: prompt, keys: [KeyHint("Enter", "keep")], alternative: KeyHint("Esc", "clear"))
        : DialogFooter(status: "/\(search.text)", keys: scrollKeys + keyHelp, alternative: KeyHint("Esc", "clear"))
    }
    let others = scrollKeys + (isSearchable ? [KeyHint("/", "search")] : [])
    // If lines can be selected, the keys that act on them are the more important ones.
    return DialogFooter(
      keys: page.cursor == nil ? others + keyHelp : keyHelp + others, alternative: KeyHint("Esc", "close"))
  }

  private func speech(_ page: Page) -> DialogSpeech {
    let lines = page.lines
    var speech = DialogSpeech(remarks: remarks.map { DialogSpeech.Remark($0) })
    if let search {
      // A single line may be the message that nothing was found.
      let found = lines.count == 1 ? LinearText.line(lines[0]) : "\(lines.count) lines for \(search.text)."
      speech.remarks.append(DialogSpeech.Remark(search.text.isEmpty ? "Type to search." : found))
    }
    if let cursor = page.cursor, lines.indices.contains(cursor) {
      speech.focus = DialogSpeech.Focus(id: page.cursorID, text: page.cursorText ?? LinearText.line(lines[cursor]))
    }
    return speech
  }

  private static let wheelLines = 3
  private var isTypingSearch = false

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    switch event {
    case .key(let key): return isTypingSearch ? type(key) : scroll(key) ?? take(key)
    // A key behind an Esc only scrolls or searches.
    case .keyBehindEscape(let key): return isTypingSearch ? type(key) : scroll(key) ?? .stay
    case .paste(let text): if isTypingSearch { search?.insert(text) }
    case .mouse(let mouse) where mouse.action == .wheelUp: move(by: -Self.wheelLines)
    case .mouse(let mouse) where mouse.action == .wheelDown: move(by: Self.wheelLines)
    default: break
    }
    return .stay
  }

  /// Puts the cursor on a line; a click on the line under the cursor is Enter.
  func click(_ place: Point) -> LayerAnswer {
    guard let cursorLine, !isTypingSearch else { return .stay }
    let line = drawn.window.first + place.row
    guard line == cursorLine else {
      moveCursor(to: line)
      return .stay
    }
    return handle(.key(.enter))
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
      drawn.window.first = 0
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
    case .pageDown, .character(" "), .control("f"), .control("d"): move(by: drawn.window.capacity)
    case .pageUp, .control("b"), .control("u"): move(by: -drawn.window.capacity)
    case .home, .character("g"): move(by: -drawn.window.count)
    case .end, .character("G"): move(by: drawn.window.count)
    default:
      return command != nil && keymap.command(for: key) == command ? .close : nil
    }
    return .stay
  }

  /// Moves the cursor if there is one, otherwise scrolls.
  private func move(by lines: Int) {
    if let cursorLine {
      moveCursor(to: max(0, min(cursorLine + lines, drawn.window.count - 1)))
    } else {
      drawn.window.scroll(by: lines)
    }
  }
}

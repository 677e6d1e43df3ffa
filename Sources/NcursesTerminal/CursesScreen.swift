import CNcurses
import Glibc
import TerminalUI

/// The drawing half: frames go in, the fewest bytes that make the terminal show them come out.
///
/// ncurses writes to a file in memory, and whoever owns this takes the bytes from there: ncurses itself would wait for ever
/// on a terminal that reads nothing, turn a refused byte into a busy loop, and not tell that the terminal is gone. For the same
/// reason it is never asked to set terminal modes.
///
/// The terminal scrolls lines where whole lines moved, as in a list that is as wide as the screen. Where one of several panes
/// side by side moved it does not: ncurses would count bytes alone, move the others' rows along and put them back.
@MainActor
final class CursesScreen {
  private let memory: UnsafeMutablePointer<FILE>
  private var palette: Palette
  /// What ncurses was told last; nil when the terminal shows something unknown.
  private var drawn: Frame?
  private var size: Size
  private var showsCursor = true
  /// Whether right-to-left text is put in order here: the terminal knows how, and was told not to.
  private(set) var ordersText = false
  /// Whether the terminal sends `Esc Tab` for Shift-Tab, as the Linux console does.
  let escapeTabIsBackTab: Bool
  /// Whether the terminal can hide it; a VT100 can't.
  private let hidesCursor: Bool
  private var cursorRow: Int?
  /// Where the terminal speaks a language that can be shortened.
  private var renditions: RenditionFilter?

  /// - Parameters:
  ///   - terminal: the name in TERM.
  ///   - size: of the terminal; ncurses can't ask for it.
  init(terminal: String, size: Size, theme: Theme) throws(TerminalError) {
    let descriptor = cnc_memory_file()
    guard descriptor >= 0, let memory = fdopen(descriptor, "w+") else {
      throw .unavailable(reason: String(cString: strerror(errno)))
    }
    self.memory = memory
    self.size = size
    var error: Int32 = 0
    guard setupterm(terminal, descriptor, &error) == OK else { throw .unknownTerminal(name: terminal) }
    guard tigetstr("cup").isCapability else { throw .incapableTerminal(name: terminal) }
    let opened = Self.withEnvironment(size: size) { newterm(terminal, memory, cnc_stdin()) != nil }
    guard opened else { throw .incapableTerminal(name: terminal) }
    hidesCursor = tigetstr("civis").isCapability
    escapeTabIsBackTab = Self.capability("kcbt") == "\u{1B}\t"
    palette = Palette(theme: theme)
    renditions = Self.capability("sgr0").flatMap {
      RenditionFilter(reset: $0, standardColours: Self.capability("op"))
    }
    // Output is not held back for input that waits, a line feed is no carriage return, and characters don't shift lines.
    typeahead(-1)
    nonl()
    idcok(cnc_stdscr(), false)
    resize_term(Int32(size.rows), Int32(size.columns))
  }

  /// Draws what differs from the last frame.
  func draw(_ frame: Frame) {
    let window = cnc_stdscr()
    let changed = changedRows(frame)
    // The cursor stands between letters as they are typed: its row is in that order.
    cursorRow = frame.cursor?.row
    let scrolls = drawn.map { RowShift(from: $0.rows, to: frame.rows, changed: changed) != nil } ?? false
    idlok(window, scrolls)
    if !scrolls, drawn != nil, changed.count > 2 {
      // ncurses looks for lines that moved whatever idlok says, and finds none while every other one is still there.
      for row in changed where row.isMultiple(of: 2) { put(frame.rows[row], row) }
      wnoutrefresh(window)
      doupdate()
      for row in changed where !row.isMultiple(of: 2) { put(frame.rows[row], row) }
    } else {
      for row in changed { put(frame.rows[row], row) }
    }
    let cursor = frame.cursor.flatMap { Rect(size).contains($0) ? $0 : nil }
    if showsCursor != (cursor != nil) || drawn == nil {
      showsCursor = cursor != nil
      curs_set(showsCursor ? 1 : 0)
    }
    // Where it can't be hidden it waits in a corner that is blank, not where something was written last.
    leaveok(window, cursor == nil && hidesCursor)
    let place = cursor ?? Point(column: 0, row: size.rows - 1)
    wmove(window, Int32(place.row), Int32(place.column))
    drawn = frame
    wnoutrefresh(window)
    doupdate()
  }

  /// The rows that the terminal shows otherwise. Written as a loop, because it is done with each key.
  private func changedRows(_ frame: Frame) -> [Int] {
    let rows = min(frame.size.rows, size.rows)
    guard let drawn else { return Array(0..<rows) }
    var changed: [Int] = []
    let moved = ordersText && drawn.cursor?.row != frame.cursor?.row ? [drawn.cursor?.row, frame.cursor?.row] : []
    for row in 0..<rows
    where row >= drawn.rows.count || drawn.rows[row] != frame.rows[row] || moved.contains(row) { changed.append(row) }
    return changed
  }

  /// Draws in other colours from the next frame on. What is shown is written again where its look changes, and nowhere else.
  func setTheme(_ theme: Theme) {
    palette = Palette(theme: theme)
    drawn = nil
  }

  /// Puts right-to-left text in order from the next frame on, or leaves it as it is.
  func setOrdersText(_ ordersText: Bool) {
    self.ordersText = ordersText
    drawn = nil
  }

  /// Forgets what the terminal shows: the next frame is sent whole.
  func forget() {
    drawn = nil
    renditions?.forget()
    clearok(cnc_curscr(), true)
  }

  func resize(to size: Size) {
    self.size = size
    resize_term(Int32(size.rows), Int32(size.columns))
    werase(cnc_stdscr())
    forget()
  }

  /// Leaves the alternate screen and shows the cursor. Drawing comes back to it.
  func leave() {
    guard !isendwin() else { return }
    if !tigetstr("rmcup").isCapability {
      // Without a second screen the shell's prompt comes to stand on the last line.
      wmove(cnc_stdscr(), Int32(size.rows - 1), 0)
      wclrtoeol(cnc_stdscr())
      wrefresh(cnc_stdscr())
    }
    endwin()
    forget()
  }

  /// The bytes that ncurses wrote since the last call.
  func takeOutput() -> [UInt8] {
    let descriptor = fileno(memory)
    let count = lseek(descriptor, 0, SEEK_CUR)
    guard count > 0 else { return [] }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, pread(descriptor, buffer.baseAddress, count, 0))
    }
    // What is written next goes over it: a file that keeps its memory costs less than one that gets it anew.
    lseek(descriptor, 0, SEEK_SET)
    return renditions?.filter(bytes) ?? bytes
  }

  /// What gives the terminal back without ncurses: colours, cursor, alternate screen.
  var rescueSequence: [UInt8] {
    var bytes: [UInt8] = []
    for name in ["sgr0", "op", "rmacs", "cnorm", "rmcup"] { bytes += (Self.capability(name) ?? "").utf8 }
    return bytes.withoutPadding
  }

  /// A string of the terminal's description; `nil` where it has none of that name.
  private static func capability(_ name: String) -> String? {
    let text = tigetstr(name)
    return text.isCapability ? text.map { String(cString: $0) } : nil
  }

  /// Runs `body` with the size in the environment: the one place where ncurses looks for it that is not the terminal or its
  /// description, which for some has none.
  private static func withEnvironment<Result>(size: Size, _ body: () -> Result) -> Result {
    let sizes = ["LINES": size.rows, "COLUMNS": size.columns]
    let before = sizes.keys.map { name in (name, getenv(name).map { String(cString: $0) }) }
    for (name, value) in sizes { setenv(name, String(value), 1) }
    defer {
      for (name, value) in before {
        if let value { setenv(name, value, 1) } else { unsetenv(name) }
      }
    }
    return body()
  }

  private func put(_ row: [Cell], _ number: Int) {
    let cells = cells(of: ordersText && number != cursorRow ? VisualOrder.of(row) : row)
    mvwadd_wchnstr(cnc_stdscr(), Int32(number), 0, cells, Int32(cells.count))
  }

  /// A row as ncurses takes it. Written as a loop, because a closure would check for each cell that it is on the main actor.
  private func cells(of row: [Cell]) -> [cchar_t] {
    var cells: [cchar_t] = []
    cells.reserveCapacity(row.count)
    var style = Style.normal
    var look = (palette.attributes(of: style), palette.pair(of: style.tone))
    for cell in row where cell.columns > 0 {
      if cell.style != style {
        style = cell.style
        look = (palette.attributes(of: style), palette.pair(of: style.tone))
      }
      let text = cell.content
      cells.append(cnc_cell(text[0], text[1], text[2], text[3], text[4], look.0, look.1))
    }
    return cells
  }
}

extension UnsafeMutablePointer<CChar>? {
  /// Whether `tigetstr` found something: nil is absent, -1 is no string capability.
  fileprivate var isCapability: Bool {
    self != nil && self != UnsafeMutablePointer(bitPattern: -1)
  }
}

extension [UInt8] {
  /// Without the delays (`$<5>`) that terminfo puts into capabilities.
  fileprivate var withoutPadding: [UInt8] {
    var bytes: [UInt8] = []
    var isPadding = false
    for (index, byte) in enumerated() {
      if byte == UInt8(ascii: "$"), index + 1 < count, self[index + 1] == UInt8(ascii: "<") { isPadding = true }
      if !isPadding { bytes.append(byte) }
      if byte == UInt8(ascii: ">") { isPadding = false }
    }
    return bytes
  }
}

/// What a style is in ncurses' terms: attributes and a colour pair, after a theme.
struct Palette {
  private let theme: Theme
  private let depth: Theme.Depth

  /// Asks what the terminal can do, and defines the pairs. Call after `newterm`.
  @MainActor
  init(theme wanted: Theme) {
    let hasColours = wanted != .none && has_colors() && start_color() == OK && use_default_colors() == OK
    theme = hasColours ? wanted : .none
    depth = Theme.Depth(colours: Int(cnc_colors()))
    for tone in Style.Tone.allCases {
      if let colour = theme.colour(of: tone, depth: depth) { init_pair(Int16(pair(of: tone)), Int16(colour), -1) }
    }
  }

  func attributes(of style: Style) -> attr_t {
    var attributes: attr_t = 0
    if style.bold { attributes |= cnc_bold() }
    if style.reverse { attributes |= cnc_reverse() }
    if style.underline { attributes |= cnc_underline() }
    if theme.colour(of: style.tone, depth: depth) == nil {
      switch style.tone {
      case .accent, .danger: attributes |= cnc_bold()
      case .muted where !style.bold: attributes |= cnc_dim()
      default: break
      }
    }
    return attributes
  }

  /// The number of the colour pair, 0 for the terminal's own colours.
  func pair(of tone: Style.Tone) -> Int32 {
    guard theme.colour(of: tone, depth: depth) != nil, let index = Style.Tone.allCases.firstIndex(of: tone)
    else { return 0 }
    return Int32(index)
  }
}

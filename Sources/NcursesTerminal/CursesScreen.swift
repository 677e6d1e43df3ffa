import CNcurses
import Glibc
import TerminalUI

/// Draws frames: computes the fewest bytes that make the terminal show a frame.
///
/// ncurses writes to a file in memory, and the owner of this screen takes the bytes from there. ncurses itself would
/// wait forever for a terminal that reads nothing, turn a refused byte into a busy loop, and not report that the
/// terminal is gone. For the same reason it never sets terminal modes.
///
/// If whole lines moved, as in a list as wide as the screen, the terminal scrolls them. If only one of several panes
/// side by side moved, it doesn't: ncurses would count only bytes, move the other panes' rows along and put them back.
@MainActor
final class CursesScreen {
  private let memory: UnsafeMutablePointer<FILE>
  private var palette: Palette
  /// The last frame that ncurses drew; nil if the content of the terminal is unknown.
  private var drawn: Frame?
  private var size: Size
  private var showsCursor = true
  /// Whether right-to-left text is reordered here: the terminal could do it, and was told not to.
  private(set) var ordersText = false
  /// Whether the terminal sends `Esc Tab` for Shift-Tab, as the Linux console does.
  let escapeTabIsBackTab: Bool
  /// Whether the terminal can hide the cursor; a VT100 can't.
  private let hidesCursor: Bool
  private var cursorRow: Int?
  /// Shortens the output; `nil` for a terminal whose sequences it doesn't know.
  private var renditions: RenditionFilter?

  /// - Parameters:
  ///   - terminal: the name in TERM.
  ///   - size: the terminal's size, which ncurses can't query.
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
    // Pending input doesn't delay output, a line feed isn't a carriage return, and no characters are shifted in a line.
    typeahead(-1)
    nonl()
    idcok(cnc_stdscr(), false)
    resize_term(Int32(size.rows), Int32(size.columns))
  }

  /// Draws the differences from the last frame.
  func draw(_ frame: Frame) {
    let window = cnc_stdscr()
    let changed = changedRows(frame)
    // The row of the cursor stays in the order of typing, so that the cursor is between the right letters.
    cursorRow = frame.cursor?.row
    let scrolls = drawn.map { RowShift(from: $0.rows, to: frame.rows, changed: changed) != nil } ?? false
    idlok(window, scrolls)
    if !scrolls, drawn != nil, changed.count > 2 {
      // ncurses looks for moved lines whatever idlok says, and finds none while every other line is unchanged.
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
    // A cursor that can't be hidden is moved to a blank corner, away from the text written last.
    leaveok(window, cursor == nil && hidesCursor)
    let place = cursor ?? Point(column: 0, row: size.rows - 1)
    wmove(window, Int32(place.row), Int32(place.column))
    drawn = frame
    wnoutrefresh(window)
    doupdate()
  }

  /// The rows that differ from what the terminal shows. A loop, because it runs for each key.
  private func changedRows(_ frame: Frame) -> [Int] {
    let rows = min(frame.size.rows, size.rows)
    guard let drawn else { return Array(0..<rows) }
    var changed: [Int] = []
    let moved = ordersText && drawn.cursor?.row != frame.cursor?.row ? [drawn.cursor?.row, frame.cursor?.row] : []
    for row in 0..<rows
    where row >= drawn.rows.count || drawn.rows[row] != frame.rows[row] || moved.contains(row) { changed.append(row) }
    return changed
  }

  /// Uses other colours from the next frame on. Only text whose look changes is written again.
  func setTheme(_ theme: Theme) {
    palette = Palette(theme: theme)
    drawn = nil
  }

  /// Starts or stops reordering right-to-left text from the next frame on.
  func setOrdersText(_ ordersText: Bool) {
    self.ordersText = ordersText
    drawn = nil
  }

  /// Discards what is known of the screen: the next frame is sent completely.
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

  /// Leaves the alternate screen and shows the cursor. Drawing enters it again.
  func leave() {
    guard !isendwin() else { return }
    if !tigetstr("rmcup").isCapability {
      // Without an alternate screen the shell's prompt appears on the last line.
      wmove(cnc_stdscr(), Int32(size.rows - 1), 0)
      wclrtoeol(cnc_stdscr())
      wrefresh(cnc_stdscr())
    }
    endwin()
    forget()
  }

  /// The bytes that ncurses has written since the last call.
  func takeOutput() -> [UInt8] {
    let descriptor = fileno(memory)
    let count = lseek(descriptor, 0, SEEK_CUR)
    guard count > 0 else { return [] }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, pread(descriptor, buffer.baseAddress, count, 0))
    }
    // The file is overwritten next time: reusing its memory costs less than allocating it again.
    lseek(descriptor, 0, SEEK_SET)
    return renditions?.filter(bytes) ?? bytes
  }

  /// Restores the terminal without ncurses: colours, cursor, alternate screen.
  var rescueSequence: [UInt8] {
    var bytes: [UInt8] = []
    for name in ["sgr0", "op", "rmacs", "cnorm", "rmcup"] { bytes += (Self.capability(name) ?? "").utf8 }
    return bytes.withoutPadding
  }

  /// A string capability from terminfo; `nil` if the terminal has none with that name.
  private static func capability(_ name: String) -> String? {
    let text = tigetstr(name)
    return text.isCapability ? text.map { String(cString: $0) } : nil
  }

  /// Runs `body` with the size in the environment: without a terminal and without a size in terminfo, ncurses takes it
  /// only from there.
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

  /// A row in ncurses' form. A loop, because a closure would check for each cell that it runs on the main actor.
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
  /// Whether `tigetstr` found a string: nil means absent, -1 not a string capability.
  fileprivate var isCapability: Bool {
    self != nil && self != UnsafeMutablePointer(bitPattern: -1)
  }
}

extension [UInt8] {
  /// Removes the delays (`$<5>`) that terminfo puts into capabilities.
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

/// Maps a style to ncurses' attributes and colour pair, according to a theme.
struct Palette {
  private let theme: Theme
  private let depth: Theme.Depth

  /// Queries the terminal's capabilities and defines the pairs. Call it after `newterm`.
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

import CNcurses
import Glibc
import TerminalUI

/// The terminal on which the program was started: it produces events and shows frames.
///
/// Everything runs on the main actor and nothing waits for the terminal. Only one can exist at a time, because ncurses
/// and the line settings belong to the process.
@MainActor
public final class NcursesTerminal {
  public struct Options: Sendable {
    /// The colours, as far as the terminal has them. The caller handles NO_COLOR.
    public var theme: Theme
    /// Whether clicks and the wheel are events. Then the terminal's own selection needs Shift.
    public var mouse: Bool
    /// Whether right-to-left text is reordered here, on terminals that leave that to programs, so that columns and
    /// borders keep their places. For reading plain text line by line, the terminal's own reordering is better.
    public var ordersText: Bool

    public init(theme: Theme = .auto, mouse: Bool = false, ordersText: Bool = true) {
      self.theme = theme
      self.mouse = mouse
      self.ordersText = ordersText
    }
  }

  enum State {
    /// Not started, or given back.
    case idle
    case active
    /// Another program has the terminal.
    case away
  }

  /// The width that the C library gives characters in the locale, which ncurses uses, too. On the Linux console only
  /// signs in its fonts are used.
  public let textWidth: TextWidth

  /// The terminal's name, from TERM.
  private let name: String
  /// The encoding of the terminal's input.
  private let encoding: TextEncoding
  let modes: TerminalModes
  let screen: CursesScreen
  let output = OutputQueue()
  var state = State.idle
  var input: InputReader?
  private var signals: SignalPipe?
  var onEvents: @MainActor ([TerminalEvent]) -> Void = { _ in }
  private var onEnd: @MainActor (TerminalEnd) -> Void = { _ in }
  /// Called when the terminal has taken the newest frame later than it was presented.
  public var onShown: @MainActor () -> Void = {}
  /// Why the terminal ended, once it has.
  private(set) var end: TerminalEnd?
  /// The program that has the terminal while the state is `away`.
  var foreground: ForegroundProcess?
  var knownSize: Size
  /// The process that started this one. After its end nobody gives this process the terminal any more.
  private let parent = getppid()
  /// Whether `suspend()` already handled the SIGCONT that ends the stop.
  var ignoresContinue = false
  /// The last frame that was presented, drawn or not.
  private var frame: Frame?
  /// The theme that the user chose; `auto` follows the background.
  public internal(set) var theme: Theme
  /// The queries that are sent once the terminal shows a frame, and their answers.
  var questions: TerminalQuestions
  var askedAt: ContinuousClock.Instant?

  var takesMouse: Bool
  /// How long a terminal that reads nothing may delay the end of the program.
  static let patience = Duration.milliseconds(100)

  /// Checks that there is a terminal that can show frames; doesn't change it yet. Sets the character type of the
  /// environment's locale, but no other category.
  public init(options: Options) throws(TerminalError) {
    let locale = CharacterLocale(environment: Self.environment("LC_ALL", "LC_CTYPE", "LANG"))
    setlocale(LC_CTYPE, locale.name)
    encoding = locale.encoding
    modes = try TerminalModes()
    guard let name = getenv("TERM").map({ String(cString: $0) }), !name.isEmpty else { throw .unnamedTerminal }
    guard name != "dumb" else { throw .incapableTerminal(name: name) }
    self.name = name
    takesMouse = options.mouse
    knownSize = Self.windowSize ?? Self.environmentSize
    theme = options.theme
    questions = TerminalQuestions(
      terminal: name, environment: Self.environment("TMUX", "COLORFGBG"), asksForBackground: options.theme == .auto,
      asksForOrder: options.ordersText)
    screen = try CursesScreen(terminal: name, size: knownSize, theme: theme.on(questions.background))
    let width = Self.localeTextWidth
    textWidth = name.hasPrefix("linux") ? width.drawingInCodePage437 : width
  }

  /// The C library's `wcwidth`. The locale must be set first.
  nonisolated static let localeTextWidth = TextWidth { scalar in
    Int(cnc_columns(wchar_t(bitPattern: scalar.value)))
  }

  private static func environment(_ names: String...) -> [String: String] {
    let values = names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } }
    return Dictionary(values) { first, _ in first }
  }

  /// The current size of the terminal. If it reports none, LINES and COLUMNS count, or 80 by 24.
  public var size: Size { knownSize }

  /// Takes the terminal: from now on input becomes events.
  ///
  /// - Parameters:
  ///   - onEvents: called with the events in order, never with an empty array.
  ///   - onEnd: called once, when the terminal is gone or the program is told to end; then call `restore()`.
  public func start(
    onEvents: @escaping @MainActor ([TerminalEvent]) -> Void, onEnd: @escaping @MainActor (TerminalEnd) -> Void
  ) {
    guard state == .idle, input == nil else { return }
    self.onEvents = onEvents
    self.onEnd = onEnd
    output.onDrained = { [weak self] in self?.drawLate() }
    output.onClosed = { [weak self] in self?.end(.closed) }
    input = InputReader(
      encoding: encoding, escapeTabIsBackTab: screen.escapeTabIsBackTab,
      onEvents: { [weak self] in self?.take($0) }, onClosed: { [weak self] in self?.end(.closed) })
    signal(SIGPIPE, SIG_IGN)
    signals = SignalPipe([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH, SIGTSTP, SIGCONT]) { [weak self] in
      self?.handle(signal: $0)
    }
    cnc_signal_at_parents_end(SIGCONT)
    enter()
  }

  /// Reads and decodes everything typed until now. The console calls it just before it presents a dialog, so that keys
  /// typed before the dialog was visible don't answer it; the rest of a partial sequence will not become a key.
  public func drainPendingInput() -> [TerminalEvent] {
    guard state == .active else { return [] }
    return withoutAnswers(input?.drain() ?? [])
  }

  /// Shows a frame. Only rows that differ from the last frame are drawn, and a slow terminal gets the newest frame when
  /// it is ready, not every frame.
  ///
  /// - Returns: whether the terminal has taken it. If not, `onShown` is called when it has taken this frame or a newer
  ///   one.
  @discardableResult
  public func present(_ frame: Frame) -> Bool {
    Self.coverThread()
    self.frame = frame
    return draw()
  }

  /// Makes sure that the terminal is restored even if the calling thread's stack overflows. Code that runs jobs on its
  /// own threads calls it; only a thread's first call costs time.
  public nonisolated static func coverThread() {
    CrashRescue.coverThread()
  }

  /// Asks the terminal to put text on the user's clipboard, unless another program has the terminal.
  @discardableResult
  public func copy(_ text: String) -> Clipboard.Outcome {
    guard state == .active, Clipboard.isKnown(to: name) else { return .unsupported }
    let variables = Self.environment("STY", "TMUX")
    // If screen and tmux are nested, the inner one isn't known; tmux accepts the plain sequence.
    let isInScreen = variables["STY"] != nil && variables["TMUX"] == nil
    guard let sequence = Clipboard.sequence(setting: text, isInScreen: isInScreen) else { return .tooLong }
    // Written between frames, never within one: ncurses doesn't know it, and the screen doesn't change.
    output.write(sequence)
    return .sent
  }

  /// Enables clicks and the wheel as events, or leaves the mouse to the terminal for selecting text.
  public func setMouse(_ isOn: Bool) {
    guard isOn != takesMouse else { return }
    takesMouse = isOn
    guard state == .active else { return }
    output.write(Array((isOn ? Self.mouseOn : Self.mouseOff).utf8))
    CrashRescue.arm(modes: modes, sequence: modesOff + screen.rescueSequence)
  }

  /// Sends the whole frame again, after another program wrote on the screen.
  public func repaint() {
    screen.forget()
    draw()
  }

  /// Restores the terminal as it was found. Further calls do nothing.
  ///
  /// A program that has the terminal is told to end as this one was, and killed if it doesn't end within half a second.
  public func restore() {
    if state == .away { endForeground() }
    signals?.cancel()
    signals = nil
    if state == .active { leave() }
    input?.stop()
    input = nil
    frame = nil
  }

  /// Whether the newest frame has been sent completely.
  @discardableResult
  func draw() -> Bool {
    // The output that is still waiting is older than this frame, which is drawn after it.
    guard state == .active, !output.isWaiting, let frame else { return false }
    screen.draw(frame)
    output.write(SynchronizedOutput.bytes(screen.takeOutput(), isKnown: synchronizesOutput))
    ask()
    return !output.isWaiting
  }

  func drawLate() {
    if draw() { onShown() }
  }

  private func end(_ end: TerminalEnd) {
    let onEnd = onEnd
    self.onEnd = { _ in }
    if self.end == nil { self.end = end }
    onEnd(end)
  }

  private func handle(signal: Int32) {
    switch (signal, state) {
    case (SIGWINCH, .active):
      // A window that had another size for a moment has lost its content, although its size is the same as before.
      if updateSize() { onEvents([.resize(knownSize)]) } else { repaint() }
    case (SIGCONT, _) where getppid() != parent:
      // A shell or script between the terminal's shell and this program was killed: the terminal now belongs to others.
      end(.closed)
    case (SIGCONT, .active) where ignoresContinue:
      ignoresContinue = false
    case (SIGCONT, .active):
      // Another process stopped this one: the program that had the terminal meanwhile changed its settings.
      screen.leave()
      enter()
    case (SIGTSTP, .active):
      suspend()
    case (SIGTSTP, .away):
      // The shell takes the terminal back only after this process has stopped, too.
      Self.stop()
    case (SIGINT, .active), (SIGQUIT, .active), (SIGHUP, _), (SIGTERM, _):
      end(.signal(signal))
    default:
      break
    }
  }

  /// Queries the terminal's size; returns whether it changed.
  func updateSize() -> Bool {
    guard let size = Self.windowSize, size != knownSize else { return false }
    knownSize = size
    screen.resize(to: size)
    return true
  }

  /// The size for a terminal that reports none, as over a serial line.
  private static var environmentSize: Size {
    let values = environment("COLUMNS", "LINES")
    func number(_ name: String) -> Int? { values[name].flatMap { Int($0) }.flatMap { 1...999 ~= $0 ? $0 : nil } }
    return Size(columns: number("COLUMNS") ?? 80, rows: number("LINES") ?? 24)
  }

  /// Nil if the terminal reports no size, or 0.
  private static var windowSize: Size? {
    var size = winsize()
    guard cnc_window_size(STDOUT_FILENO, &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }
}

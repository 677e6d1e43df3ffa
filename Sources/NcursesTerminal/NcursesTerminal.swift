import CNcurses
import Glibc
import TerminalUI

/// The terminal that the program was started on: events come from it, frames go to it.
///
/// Everything happens on the main actor and nothing waits for the terminal. There is one at a time, because ncurses and the
/// line settings are the process's.
@MainActor
public final class NcursesTerminal {
  public struct Options: Sendable {
    /// The colours, as far as the terminal has them. The NO_COLOR convention is the caller's business.
    public var theme: Theme
    /// Whether clicks and the wheel come as events. The terminal's own selection takes Shift then.
    public var mouse: Bool
    /// Whether columns and borders stay in their places beside right-to-left text, which is put in order here then, on
    /// terminals that can leave that to programs. Who reads text alone, line by line, is served better by the terminal.
    public var ordersText: Bool

    public init(theme: Theme = .auto, mouse: Bool = false, ordersText: Bool = true) {
      self.theme = theme
      self.mouse = mouse
      self.ordersText = ordersText
    }
  }

  enum State {
    /// Not begun, or given back.
    case idle
    case active
    /// Another program has the terminal.
    case away
  }

  /// How wide the C library takes characters to be in the locale; ncurses does the same. On the Linux console signs are
  /// those that its fonts have.
  public let textWidth: TextWidth

  /// The terminal's name, from TERM.
  private let name: String
  /// What letters are sent in.
  private let encoding: TextEncoding
  let modes: TerminalModes
  let screen: CursesScreen
  let output = OutputQueue()
  var state = State.idle
  var input: InputReader?
  private var signals: SignalPipe?
  var onEvents: @MainActor ([TerminalEvent]) -> Void = { _ in }
  private var onEnd: @MainActor (TerminalEnd) -> Void = { _ in }
  /// Called when the newest frame was taken by the terminal later than it was presented.
  public var onShown: @MainActor () -> Void = {}
  /// Why it ends, once it does.
  private(set) var end: TerminalEnd?
  /// What has the terminal while it is away.
  var foreground: ForegroundProcess?
  var knownSize: Size
  /// Who started the program. Without it, nobody gives it the terminal any more.
  private let parent = getppid()
  /// `suspend()` already did what the signal that ended it asks for.
  var ignoresContinue = false
  /// The last frame that was presented, drawn or not.
  private var frame: Frame?
  let theme: Theme
  /// What the terminal is asked once it shows something, and what it answered.
  var questions: TerminalQuestions
  var askedAt: ContinuousClock.Instant?

  var takesMouse: Bool
  /// How long a terminal that reads nothing holds up the end of the program.
  static let patience = Duration.milliseconds(100)

  /// Makes sure that there is a terminal that can show frames; nothing is changed on it yet. Sets the characters of the
  /// environment's locale; nothing else of it is used.
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

  /// The C library's `wcwidth`. The locale has to be set.
  nonisolated static let localeTextWidth = TextWidth { scalar in
    Int(cnc_columns(wchar_t(bitPattern: scalar.value)))
  }

  private static func environment(_ names: String...) -> [String: String] {
    let values = names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } }
    return Dictionary(values) { first, _ in first }
  }

  /// The terminal's size now. One that tells none is as large as LINES and COLUMNS say, or 80 by 24.
  public var size: Size { knownSize }

  /// Takes the terminal: from now on keys come as events.
  ///
  /// - Parameters:
  ///   - onEvents: what was read or happened, in order. Never empty.
  ///   - onEnd: the terminal is gone or the program is told to end. It comes once; `restore()` stays to be called.
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

  /// Reads and decodes everything that was typed until now. The console calls it just before it presents a dialog, so that
  /// keys typed before the dialog was seen don't answer it; the rest of a sequence that is only half read will be no key.
  public func drainPendingInput() -> [TerminalEvent] {
    guard state == .active else { return [] }
    return withoutAnswers(input?.drain() ?? [])
  }

  /// Shows a frame. Only rows that differ from the last one are looked at, and a terminal that is slow to read gets the
  /// newest frame when it is ready, not every one.
  ///
  /// - Returns: whether the terminal has taken it. If not, `onShown` is called when it has taken this frame or a newer one.
  @discardableResult
  public func present(_ frame: Frame) -> Bool {
    Self.coverThread()
    self.frame = frame
    return draw()
  }

  /// Has the terminal given back also when the calling thread's stack overflows. To be called by whatever runs jobs on
  /// threads of its own; it costs nothing but a thread's first time.
  public nonisolated static func coverThread() {
    CrashRescue.coverThread()
  }

  /// Asks the terminal to put text on the person's clipboard. Where another program has the terminal, it isn't asked.
  @discardableResult
  public func copy(_ text: String) -> Clipboard.Outcome {
    guard state == .active, Clipboard.isKnown(to: name) else { return .unsupported }
    let variables = Self.environment("STY", "TMUX")
    // Of two that are within each other the inner one isn't known; tmux takes it as it is.
    let isInScreen = variables["STY"] != nil && variables["TMUX"] == nil
    guard let sequence = Clipboard.sequence(setting: text, isInScreen: isInScreen) else { return .tooLong }
    // Between frames, never within one: ncurses knows nothing of it, and the screen stays as it is.
    output.write(sequence)
    return .sent
  }

  /// Asks for clicks and the wheel as events, or leaves the mouse to the terminal, which selects text with it.
  public func setMouse(_ isOn: Bool) {
    guard isOn != takesMouse else { return }
    takesMouse = isOn
    guard state == .active else { return }
    output.write(Array((isOn ? Self.mouseOn : Self.mouseOff).utf8))
    CrashRescue.arm(modes: modes, sequence: modesOff + screen.rescueSequence)
  }

  /// Sends everything anew, for a screen that something else wrote on.
  public func repaint() {
    screen.forget()
    draw()
  }

  /// Gives the terminal back as it was found. Calling it again does nothing.
  ///
  /// A program that has the terminal is told to end as this one was, and is ended where it doesn't within half a second.
  public func restore() {
    if state == .away { endForeground() }
    signals?.cancel()
    signals = nil
    if state == .active { leave() }
    input?.stop()
    input = nil
    frame = nil
  }

  /// Whether the newest frame is on its way to the terminal as a whole.
  @discardableResult
  func draw() -> Bool {
    // What waits is older than this frame, which is drawn when it is gone.
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
      // A window that had another size for a moment has lost what it showed, although it is as large as before.
      if updateSize() { onEvents([.resize(knownSize)]) } else { repaint() }
    case (SIGCONT, _) where getppid() != parent:
      // A shell or script between the terminal's own and this program was killed: the terminal stays, for others.
      end(.closed)
    case (SIGCONT, .active) where ignoresContinue:
      ignoresContinue = false
    case (SIGCONT, .active):
      // Stopped by someone else: whoever had the terminal meanwhile changed its settings.
      screen.leave()
      enter()
    case (SIGTSTP, .active):
      suspend()
    case (SIGTSTP, .away):
      // The shell takes the terminal back when this process has stopped too.
      Self.stop()
    case (SIGINT, .active), (SIGQUIT, .active), (SIGHUP, _), (SIGTERM, _):
      end(.signal(signal))
    default:
      break
    }
  }

  /// Asks the terminal for its size; whether it changed.
  func updateSize() -> Bool {
    guard let size = Self.windowSize, size != knownSize else { return false }
    knownSize = size
    screen.resize(to: size)
    return true
  }

  /// For a terminal that tells no size, as over a serial line.
  private static var environmentSize: Size {
    let values = environment("COLUMNS", "LINES")
    func number(_ name: String) -> Int? { values[name].flatMap { Int($0) }.flatMap { 1...999 ~= $0 ? $0 : nil } }
    return Size(columns: number("COLUMNS") ?? 80, rows: number("LINES") ?? 24)
  }

  /// Nil where the terminal doesn't tell, or tells 0.
  private static var windowSize: Size? {
    var size = winsize()
    guard cnc_window_size(STDOUT_FILENO, &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }
}

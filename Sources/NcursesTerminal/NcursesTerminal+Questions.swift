import TerminalUI

/// The queries to the terminal, and how its answers are used.
extension NcursesTerminal {
  /// How long pending answers may delay leaving, so that they don't reach the shell. Over a slow line they take a
  /// while, but a program that is ended by a signal must not wait.
  private var answerPatience: Duration { .milliseconds(end == nil ? 800 : 200) }
  /// A terminal that hasn't answered after this time won't answer.
  private static let answerLimit = Duration.seconds(2)

  /// Whether the terminal reported that it shows the text between `Esc [ ? 2026 h` and `Esc [ ? 2026 l` at once.
  public var synchronizesOutput: Bool { questions.synchronizesOutput }

  /// Sends the queries once, after the first frame, so that nothing waits for an answer.
  func ask() {
    if askedAt == nil { sendQuestions() }
  }

  private func sendQuestions() {
    guard !questions.bytes.isEmpty else { return }
    askedAt = .now
    output.write(questions.bytes)
  }

  /// Handles events: answers are kept here, all others are forwarded.
  func take(_ events: [TerminalEvent]) {
    let events = withoutAnswers(events)
    if !events.isEmpty { onEvents(events) }
  }

  /// Removes answers and applies them to theme and text order, with one redraw if the screen changes.
  func withoutAnswers(_ events: [TerminalEvent]) -> [TerminalEvent] {
    let before = theme.on(questions.background)
    var others: [TerminalEvent] = []
    for event in events {
      if case .answer(let bytes) = event { questions.take(bytes) } else { others.append(event) }
    }
    let after = theme.on(questions.background)
    if after != before { screen.setTheme(after) }
    let isOrdered = screen.ordersText != questions.leavesTextInOrder
    if isOrdered { screen.setOrdersText(questions.leavesTextInOrder) }
    if after != before || isOrdered { draw() }
    return others
  }

  /// Uses another theme, and draws the screen in its colours. With `auto`, the terminal is asked for its background
  /// unless it was.
  public func setTheme(_ wanted: Theme) {
    theme = wanted
    if wanted == .auto, !questions.isAskedForBackground {
      questions.askForBackground()
      if state == .active { sendQuestions() }
    }
    screen.setTheme(theme.on(questions.background))
    repaint()
  }

  /// Waits a moment for pending answers: later they would be typed into the shell.
  func awaitAnswers() {
    guard let askedAt, !questions.isSettled else { return }
    let now = ContinuousClock.now
    let deadline = min(askedAt + Self.answerLimit, now + answerPatience)
    input?.read(until: deadline) { events in
      for case .answer(let bytes) in events { questions.take(bytes) }
      return !questions.isSettled
    }
  }
}

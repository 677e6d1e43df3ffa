import TerminalUI

/// What the terminal is asked, and what becomes of its answers.
extension NcursesTerminal {
  /// How long answers that are on their way may hold up leaving, so that they don't come to the shell: over a slow line they
  /// take a while, but whoever ends the program by a signal doesn't wait.
  private var answerPatience: Duration { .milliseconds(end == nil ? 800 : 200) }
  /// A terminal that hasn't answered by then won't.
  private static let answerLimit = Duration.seconds(2)

  /// Whether the terminal said that it shows what stands between `Esc [ ? 2026 h` and `Esc [ ? 2026 l` at once.
  public var synchronizesOutput: Bool { questions.synchronizesOutput }

  /// Asks, once, and after the first frame: nobody waits for an answer.
  func ask() {
    guard askedAt == nil, !questions.bytes.isEmpty else { return }
    askedAt = .now
    output.write(questions.bytes)
  }

  /// Takes what was read: answers stay here, the rest goes on.
  func take(_ events: [TerminalEvent]) {
    let events = withoutAnswers(events)
    if !events.isEmpty { onEvents(events) }
  }

  /// Theme and order of text follow what they say, with one redraw of what looks different then.
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

  /// Waits a moment for answers that are still to come: later they would be typed into the shell.
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

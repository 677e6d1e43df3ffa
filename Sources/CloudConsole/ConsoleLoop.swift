import CloudAPI
import CloudViewModels
import TerminalUI

/// Decides when a frame is drawn: at once after a key, and at most 60 times a second after data (2.5 times in
/// low-bandwidth mode).
@MainActor
public final class ConsoleLoop {
  private let console: Console
  private let host: any ConsoleHost
  private let clock: any Clock<Duration>
  /// The time since a frame was last drawn after data, and whether it differed from the one before.
  private var lastDataFrame: (age: @Sendable () -> Duration, isChanged: Bool)?
  /// The frame on the screen.
  private var shown: Frame?
  private var scheduled: Task<Void, Never>?
  private var isHandling = false
  private var needsFrame = false

  /// The minimum interval between two frames that only data asked for.
  private var dataFrameRest: Duration {
    console.panes.workspace.isLowBandwidth ? .milliseconds(400) : .microseconds(16_667)
  }

  /// - Parameter clock: measures the time between frames, and waits until the next one is due.
  public init(console: Console, host: any ConsoleHost, clock: any Clock<Duration> = ContinuousClock()) {
    self.console = console
    self.host = host
    self.clock = clock
    console.host = host
  }

  /// Draws the first frame.
  public func start() {
    console.handle([.resize(host.size)])
    console.start()
    draw()
  }

  /// Handles events and draws the changes at once.
  public func handle(_ events: [TerminalEvent]) {
    isHandling = true
    console.handle(events)
    isHandling = false
    if needsFrame { draw() }
  }

  /// Schedules a frame after a change of state; after a key, `handle` draws it.
  public func stateChanged() {
    needsFrame = true
    guard !isHandling, scheduled == nil else { return }
    // The first change after a quiet time is drawn as soon as this turn of the main actor ends.
    let rest =
      lastDataFrame.map { ($0.isChanged ? dataFrameRest : Self.unchangedFrameRest) - $0.age() } ?? .zero
    scheduled = Task { [weak self, clock] in
      if rest > .zero { try? await clock.sleep(for: rest) }
      guard !Task.isCancelled else { return }
      self?.drawData()
    }
  }

  /// Reports that the terminal now shows a frame that it could not take at once.
  public func frameWasShown() {
    console.wasPresented()
  }

  /// Stops drawing.
  public func stop() {
    scheduled?.cancel()
    console.stop()
  }

  /// The interval after an unchanged frame: short, so that the first rows appear at once.
  private static let unchangedFrameRest = Duration.milliseconds(4)

  /// Draws after a change of data.
  private func drawData() {
    scheduled = nil
    let before = shown
    draw()
    lastDataFrame = (clock.stopwatch(), isChanged: shown != before)
  }

  private func draw() {
    guard needsFrame || scheduled == nil else { return }
    scheduled?.cancel()
    scheduled = nil
    if console.awaitsPresentation {
      // Input typed before the new layer is visible must not answer it: handled now, it is ignored.
      isHandling = true
      console.handle(host.drainPendingInput())
      isHandling = false
    }
    needsFrame = false
    let drawing = console.draw(textWidth: host.textWidth)
    console.takeOver(drawing)
    shown = drawing.frame
    if host.present(drawing.frame) { console.wasPresented() }
  }
}

import CloudViewModels
import TerminalUI

/// Decides when a frame is drawn: at once after a key, at most sixty times a second after data (three times, where bytes
/// are few), never otherwise.
@MainActor
public final class ConsoleLoop {
  private let console: Console
  private let host: any ConsoleHost
  private let clock: any Clock<Duration>
  private var lastDataFrame: ContinuousClock.Instant?
  /// What is on the screen.
  private var shown: Frame?
  private var scheduled: Task<Void, Never>?
  private var isHandling = false
  private var needsFrame = false

  /// Between two frames that only data asked for.
  private var dataFrameRest: Duration {
    console.panes.workspace.isLowBandwidth ? .milliseconds(400) : .microseconds(16_667)
  }

  /// - Parameter clock: for waiting until the next frame is due.
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

  /// Takes what was read and draws at once what it changed.
  public func handle(_ events: [TerminalEvent]) {
    isHandling = true
    console.handle(events)
    isHandling = false
    if needsFrame { draw() }
  }

  /// Something changed: a frame is due, soon where no key asked for it.
  public func stateChanged() {
    needsFrame = true
    guard !isHandling, scheduled == nil else { return }
    // The first change after a quiet time is drawn as soon as this turn of the main actor ends.
    let rest = lastDataFrame.map { ContinuousClock.now.duration(to: $0 + dataFrameRest) } ?? .zero
    scheduled = Task { [weak self, clock] in
      if rest > .zero { try? await clock.sleep(for: rest) }
      guard !Task.isCancelled else { return }
      self?.drawData()
    }
  }

  /// A frame that the terminal could not take at once is on the screen now.
  public func frameWasShown() {
    console.wasPresented()
  }

  /// Stops drawing.
  public func stop() {
    scheduled?.cancel()
    console.stop()
  }

  /// What changes nothing on the screen holds up nothing: the first rows come right after the first request was noted.
  private func drawData() {
    scheduled = nil
    let before = shown
    draw()
    if shown != before { lastDataFrame = .now }
  }

  private func draw() {
    guard needsFrame || scheduled == nil else { return }
    scheduled?.cancel()
    scheduled = nil
    if console.awaitsPresentation {
      // What was typed before the new layer can be seen must not answer it.
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

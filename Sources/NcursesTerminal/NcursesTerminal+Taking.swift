import CNcurses
import Glibc
import TerminalUI

// Takes the terminal and gives it back, for a time or for good.
extension NcursesTerminal {
  /// Gives the terminal back and stops the process, as Ctrl-Z does in other programs; takes it again when continued.
  ///
  /// - Returns: whether it was stopped. It isn't if no shell could continue it.
  @discardableResult
  public func suspend() -> Bool {
    guard state == .active else { return false }
    leave()
    let wasStopped = Self.stop()
    ignoresContinue = wasStopped
    enter()
    return wasStopped
  }

  /// Gives the terminal to another program, found in PATH, until it ends. Meanwhile input and signals from keys go to
  /// that program, and the main actor is free.
  ///
  /// - Parameters:
  ///   - environment: the program's whole environment.
  ///   - starting: wraps the start, for settings that the program inherits.
  /// - Returns: its exit status; for a signal 128 plus its number.
  public func runInForeground(
    _ arguments: [String], environment: [String: String]
  ) async throws(TerminalError) -> Int32 {
    guard state != .away else { throw .taken }
    let wasActive = state == .active
    if wasActive {
      // Input typed before the program runs isn't for it. It is read rather than flushed, because flushing could cut an
      // answer of the terminal in two.
      _ = withoutAnswers(input?.drainWhole() ?? [])
      leave()
    }
    state = .away
    defer {
      foreground = nil
      if state == .away { state = .idle }
      if wasActive, input != nil {
        enter()
        // Input typed for the program and answers to it aren't for us, nor is the rest of a partial answer.
        input?.forget()
      }
    }
    let process = try ForegroundProcess(arguments, environment: environment)
    foreground = process
    let status = await process.wait()
    guard end == nil else { throw .ended }
    return status
  }

  /// Ends the program that has the terminal when this one is told to end, and restores the terminal.
  func endForeground() {
    guard let foreground else { return }
    let number = if case .signal(let number) = end { number } else { SIGHUP }
    let gaveBack = foreground.end(with: number)
    state = .idle
    // If another process owns the terminal meanwhile, as after Ctrl-Z in the editor, it is not changed.
    let owner = tcgetpgrp(STDIN_FILENO)
    guard owner < 0 || owner == getpgrp() else { return }
    if !gaveBack { output.writeLast(modesOff + screen.rescueSequence, limit: Self.patience) }
    modes.setFound()
  }

  /// Enables clicks and the wheel, in the SGR form.
  static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"

  /// Keeps text in the order in which it is sent, or lets the terminal reorder it again, which is the initial state of
  /// terminals with this mode (BDSM). See
  /// https://terminal-wg.pages.freedesktop.org/bidi/recommendation/escape-sequences.html.
  private static let explicitOrder = "\u{1B}[8l"
  private static let implicitOrder = "\u{1B}[8h"

  /// The terminal modes beside the screen: bracketed paste, text order and the mouse.
  private var modesOn: [UInt8] {
    let order = questions.isAskedForOrder ? Self.explicitOrder : ""
    return Array(("\u{1B}[?2004h" + order + (takesMouse ? Self.mouseOn : "")).utf8)
  }
  var modesOff: [UInt8] {
    let order = questions.isAskedForOrder ? Self.implicitOrder : ""
    return Array(("\u{1B}[?2004l" + order + (takesMouse ? Self.mouseOff : "")).utf8)
  }

  func enter() {
    modes.setRaw()
    CrashRescue.arm(modes: modes, sequence: modesOff + screen.rescueSequence)
    state = .active
    let isResized = updateSize()
    screen.forget()
    output.write(modesOn)
    input?.start()
    drawLate()
    // The window may have been resized while another program had the terminal.
    if isResized { onEvents([.resize(knownSize)]) }
  }

  func leave() {
    state = .idle
    screen.leave()
    // The terminal would hold back an incomplete frame for a while.
    let end = synchronizesOutput ? SynchronizedOutput.end : []
    output.writeLast(end + modesOff + screen.takeOutput(), limit: Self.patience)
    awaitAnswers()
    input?.stop()
    modes.setFound()
    CrashRescue.disarm()
  }

  /// Gives the terminal back and stops the process, as Ctrl-Z does in other programs; takes it again when continued.
  ///
  /// - Returns: whether it was stopped. It isn't if no shell could continue it.
  @discardableResult
  static func stop() -> Bool {
    let began = ContinuousClock.now
    signal(SIGTSTP, SIG_DFL)
    raise(SIGTSTP)
    cnc_signal_catch(SIGTSTP)
    return began.duration(to: .now) > .milliseconds(2)
  }
}

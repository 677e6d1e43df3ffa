import CNcurses
import Glibc
import TerminalUI

// Taking the terminal and giving it away, for a time or for good.
extension NcursesTerminal {
  /// Gives the terminal back and stops the process, as Ctrl-Z does to others; comes back when it is continued.
  ///
  /// - Returns: whether it was stopped. Where no shell waits that could continue it, it isn't.
  @discardableResult
  public func suspend() -> Bool {
    guard state == .active else { return false }
    leave()
    let wasStopped = Self.stop()
    ignoresContinue = wasStopped
    enter()
    return wasStopped
  }

  /// Gives the terminal to another program, found in PATH, until it ends. Input and signals from keys are the program's
  /// meanwhile; the main actor is free.
  ///
  /// - Parameter environment: all that the program sees of it.
  /// - Returns: its exit status; 128 and the number of the signal that ended it.
  public func runInForeground(
    _ arguments: [String], environment: [String: String]
  ) async throws(TerminalError) -> Int32 {
    guard state != .away else { throw .taken }
    let wasActive = state == .active
    if wasActive {
      // What was typed before the program was there isn't for it. It is read and not flushed, which would cut an answer
      // of the terminal in two when only half of it is there.
      _ = withoutAnswers(input?.drainWhole() ?? [])
      leave()
    }
    state = .away
    defer {
      foreground = nil
      if state == .away { state = .idle }
      if wasActive, input != nil {
        enter()
        // What was typed for the program, or answered to it, isn't for us; nor is the rest of an answer whose first half is
        // there.
        input?.forget()
      }
    }
    let process = try ForegroundProcess(arguments, environment: environment)
    foreground = process
    let status = await process.wait()
    guard end == nil else { throw .ended }
    return status
  }

  /// Ends the program that has the terminal, when this one is told to end, and gives the terminal back as it was found.
  func endForeground() {
    guard let foreground else { return }
    let number = if case .signal(let number) = end { number } else { SIGHUP }
    let gaveBack = foreground.end(with: number)
    state = .idle
    // A terminal that belongs to someone else meanwhile, as after Ctrl-Z in the editor, is left alone.
    let owner = tcgetpgrp(STDIN_FILENO)
    guard owner < 0 || owner == getpgrp() else { return }
    if !gaveBack { output.writeLast(modesOff + screen.rescueSequence, limit: Self.patience) }
    modes.setFound()
  }

  /// Clicks and the wheel, in the SGR form.
  static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"

  /// Text stays in the order in which it is sent, or is put in order by the terminal again: the state that those who know
  /// this mode (BDSM) begin in. See https://terminal-wg.pages.freedesktop.org/bidi/recommendation/escape-sequences.html.
  private static let explicitOrder = "\u{1B}[8l"
  private static let implicitOrder = "\u{1B}[8h"

  /// What the terminal is asked for beside the screen: bracketed paste, order of text and the mouse.
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
    // The window may have changed while something else had the terminal.
    if isResized { onEvents([.resize(knownSize)]) }
  }

  func leave() {
    state = .idle
    screen.leave()
    // A frame that was cut off would be held back by the terminal for a while.
    let end = synchronizesOutput ? SynchronizedOutput.end : []
    output.writeLast(end + modesOff + screen.takeOutput(), limit: Self.patience)
    awaitAnswers()
    input?.stop()
    modes.setFound()
    CrashRescue.disarm()
  }

  /// Stops the process, unless nothing could continue it: that the kernel knows (an orphaned process group), and only where it
  /// is asked by SIGTSTP. The signal goes to this very thread: one to the process may be taken by another, and this one would
  /// go on for a moment and draw over the shell.
  ///
  /// - Returns: whether it was stopped, by the time that passed.
  @discardableResult
  static func stop() -> Bool {
    let began = ContinuousClock.now
    signal(SIGTSTP, SIG_DFL)
    raise(SIGTSTP)
    cnc_signal_catch(SIGTSTP)
    return began.duration(to: .now) > .milliseconds(2)
  }
}

import Dispatch
import Glibc
import NcursesTerminal
import TerminalUI

/// A list on the terminal that shows what it reads, driven by the tests of NcursesTerminal.
///
/// | key | does |
/// |---|---|
/// | Up, Down | move the cursor of the list |
/// | `q` | ends, and says so after the terminal is given back |
/// | `!` | gives the terminal to the program in the arguments |
/// | `c` | puts text on the clipboard |
/// | `f` | presents a thousand frames at once |
/// | `r` | writes a word from right to left |
/// | `s` | holds the main actor up for 200 ms, then drops what was typed, as before a dialog |
/// | `x` | crashes |
/// | `o` | overflows the stack |
/// | `y` | tells whether the terminal synchronizes output |
/// | Ctrl-L, Ctrl-Z | repaint, suspend |
@main
@MainActor
final class TerminalProbe {
  private let terminal: NcursesTerminal
  private var cursor = 0
  private var message = "ready"
  private var end: CheckedContinuation<String, Never>?

  private static var options: NcursesTerminal.Options {
    NcursesTerminal.Options(theme: getenv("NO_COLOR") == nil ? .auto : .none, mouse: getenv("MOUSE") != nil)
  }

  static func main() {
    MainLoop.run {
      do {
        let probe = TerminalProbe(terminal: try NcursesTerminal(options: options))
        let farewell = await probe.run()
        print(farewell)
        exit(0)
      } catch {
        print(error)
        exit(78)
      }
    }
  }

  private init(terminal: NcursesTerminal) {
    self.terminal = terminal
  }

  /// Runs until the end; returns the final message.
  private func run() async -> String {
    let farewell = await withCheckedContinuation { continuation in
      end = continuation
      terminal.start(onEvents: { self.handle($0) }, onEnd: { self.finish("ended: \($0)") })
      terminal.present(frame)
    }
    terminal.restore()
    return farewell
  }

  private func finish(_ farewell: String) {
    end?.resume(returning: farewell)
    end = nil
  }

  private func handle(_ events: [TerminalEvent]) {
    for (index, event) in events.enumerated() {
      message = "event: \(event)"
      if event == .key(.character("s")) {
        // Events read together with the key are as old as those that weren't read yet.
        usleep(200_000)
        message = "drained: \(events[(index + 1)...] + terminal.drainPendingInput())"
        break
      }
      handle(event)
    }
    terminal.present(frame)
  }

  private func handle(_ event: TerminalEvent) {
    switch event {
    case .key(.down): cursor += 1
    case .key(.up): cursor -= 1
    case .key(.character("q")): finish("bye")
    case .key(.character("c")): message = "copied: \(terminal.copy("Grüße"))"
    case .key(.character("f")): flood()
    case .key(.character("x")): raise(SIGSEGV)
    case .key(.character("o")): message = "depth \(Self.depth(from: 0))"
    case .key(.character("y")): message = "synchronizes: \(terminal.synchronizesOutput)"
    case .key(.character("r")): message = "\u{5E9}\u{5DC}\u{5D5}\u{5DD}"
    case .key(.control("l")): terminal.repaint()
    case .key(.control("z")):
      terminal.suspend()
      message = "continued"
    case .key(.character("!")): Task { await runProgram() }
    default: break
    }
  }

  /// Calls itself until the stack overflows.
  @inline(never)
  private static func depth(from start: Int) -> Int {
    start < 0 ? 0 : depth(from: start + 1) + start % 7
  }

  private func flood() {
    for number in 1...1000 {
      message = "frame \(number) " + String(repeating: "\(number % 10)", count: 40)
      cursor = number % 20
      terminal.present(frame)
    }
    write(STDERR_FILENO, "presented\n", 10)
  }

  private func runProgram() async {
    do throws(TerminalError) {
      let status = try await terminal.runInForeground(
        Array(CommandLine.arguments.dropFirst()), environment: ["PATH": "/usr/bin:/bin"])
      message = "status: \(status)"
    } catch {
      message = "error: \(error)"
    }
    terminal.present(frame)
  }

  private var frame: Frame {
    let size = terminal.size
    var frame = Frame(size: size, textWidth: terminal.textWidth)
    let titles = Box.Titles([Span("Probe", .accent)], trailing: [Span("\(size.columns)×\(size.rows)")])
    frame.draw(
      Box(style: .accent, top: titles), in: Rect(column: 0, row: 0, columns: size.columns, rows: size.rows - 1))
    for row in 1..<max(1, size.rows - 2) {
      let style = row - 1 == cursor ? Style(bold: true, reverse: true) : .normal
      frame.fill(Rect(column: 1, row: row, columns: size.columns - 2, rows: 1), style: style)
      frame.write("東京 item \(row)", at: Point(column: 2, row: row), columns: 20, style: style)
      let bar = HorizontalBar.text(fraction: 1 / Double(row), columns: 20)
      frame.write(bar, at: Point(column: 30, row: row), style: style)
    }
    frame.write(message, at: Point(column: 0, row: size.rows - 1), style: .muted)
    frame.cursor = message.hasPrefix("event: key(TerminalUI.Key.character") ? Point(column: 2, row: 1) : nil
    return frame
  }
}

import Dispatch
import Glibc
import NcursesTerminal
import TerminalUI

/// A list on the terminal that tells what it reads: what the tests of NcursesTerminal drive.
///
/// | key | does |
/// |---|---|
/// | Up, Down | move the cursor of the list |
/// | `q` | ends, and says so after the terminal is given back |
/// | `!` | gives the terminal to the program in the arguments |
/// | `f` | presents a thousand frames at once |
/// | `s` | holds the main actor up for 200 ms, then drains the input, as before a dialog |
/// | `x` | crashes |
/// | Ctrl-L, Ctrl-Z | repaint, suspend |
@main
@MainActor
struct TerminalProbe {
  private let terminal: NcursesTerminal
  private var cursor = 0
  private var message = "ready"

  static func main() async {
    do {
      let terminal = try NcursesTerminal(options: .init(noColor: getenv("NO_COLOR") != nil))
      var probe = TerminalProbe(terminal: terminal)
      await probe.run()
    } catch {
      print(error)
      exit(78)
    }
  }

  private init(terminal: NcursesTerminal) {
    self.terminal = terminal
  }

  private enum Step {
    case events([TerminalEvent])
    case end(TerminalEnd)
  }

  private mutating func run() async {
    let (steps, continuation) = AsyncStream.makeStream(of: Step.self)
    terminal.start(
      onEvents: { continuation.yield(.events($0)) }, onEnd: { continuation.yield(.end($0)) })
    terminal.present(frame)
    for await step in steps {
      switch step {
      case .end(let end):
        terminal.restore()
        print("ended: \(end)")
        return
      case .events(let events):
        for event in events where await !handle(event) {
          terminal.restore()
          print("bye")
          return
        }
        terminal.present(frame)
      }
    }
  }

  /// False to end.
  private mutating func handle(_ event: TerminalEvent) async -> Bool {
    message = "event: \(event)"
    switch event {
    case .key(.down): cursor += 1
    case .key(.up): cursor -= 1
    case .key(.character("q")): return false
    case .key(.character("f")):
      for number in 1...1000 {
        message = "frame \(number) " + String(repeating: "\(number % 10)", count: 40)
        cursor = number % 20
        terminal.present(frame)
      }
    case .key(.character("s")):
      usleep(200_000)
      message = "drained: \(terminal.drainPendingInput())"
    case .key(.character("x")): raise(SIGSEGV)
    case .key(.control("l")): terminal.repaint()
    case .key(.control("z")):
      terminal.suspend()
      message = "continued"
    case .key(.character("!")):
      do throws(TerminalError) {
        message = "status: \(try await terminal.runInForeground(Array(CommandLine.arguments.dropFirst())))"
      } catch {
        message = "error: \(error)"
      }
    default: break
    }
    return true
  }

  private var frame: Frame {
    let size = terminal.size
    var frame = Frame(size: size, textWidth: terminal.textWidth)
    frame.drawBox(
      Rect(column: 0, row: 0, columns: size.columns, rows: size.rows - 1), style: .accent,
      title: [Span("Probe", .accent)], trailingTitle: [Span("\(size.columns)×\(size.rows)")])
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

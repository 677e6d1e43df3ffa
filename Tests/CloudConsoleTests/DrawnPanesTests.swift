import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

@testable import CloudConsole

/// Copying unchanged parts of earlier frames makes no difference on the screen.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct DrawnPanesTests {
  private static let keys: [Key] =
    [
      .down, .down, .down, .up, .up, .pageDown, .pageUp, .home, .end, .left, .right, .tab, .escape, .enter, .backspace,
      .control("a"), .control("l"),
    ] + "1234 *usSz/?:rDcieaol+~".map(Key.character)

  private static let widths: [TextWidth] = [.builtIn, .builtIn.drawingInASCII, .builtIn.drawingInCodePage437]

  @Test(arguments: UInt64(1)...12)
  func everyFrameIsAsIfItWereTheFirst(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    var settings = Console.Settings()
    settings.lowBandwidth = seed % 4 == 0
    let test = try await ConsoleUnderTest(console: settings)
    test.workspace.start(at: 3)
    var width = TextWidth.builtIn
    for _ in 0..<300 {
      switch random.number(below: 20) {
      case 0:
        let size = Size(columns: 20 + random.number(below: 160), rows: 5 + random.number(below: 50))
        test.console.handle([.resize(size)])
      case 1: test.service.now += Double(random.number(below: 40)) / 10
      case 2: width = Self.widths[random.number(below: Self.widths.count)]
      case 3...5: await test.settle()
      default: test.console.handle([.key(Self.keys[random.number(below: Self.keys.count)])])
      }
      let frame = test.console.frame(textWidth: width)
      let anew = test.console.screen(textWidth: width).render(textWidth: width)
      test.console.wasPresented()
      try #require(frame == anew, "\(frame.text())\nis, drawn anew,\n\(anew.text())")
    }
    await test.settle()
  }
}

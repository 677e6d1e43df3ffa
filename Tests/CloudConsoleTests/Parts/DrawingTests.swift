import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// Tests that drawing a frame changes no state: what it settles is kept only by `takeOver`.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct DrawingTests {
  private nonisolated static let small = Size(columns: 44, rows: 12)

  /// Draws twice at screen sizes that were not drawn before, and compares the layer's state before and after.
  private func expectDrawingChangesNothing(
    _ test: ConsoleUnderTest, _ layer: any Layer, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (size, width) in [(Self.small, TextWidth.builtIn), (Size(columns: 130, rows: 40), .ascii)] {
      test.console.handle([.resize(size)])
      let before = state(of: layer)
      let drawings = (1...2).map { _ in test.console.draw(textWidth: width) }
      let after = state(of: layer)
      #expect(before == after, sourceLocation: sourceLocation)
      #expect(drawings[0].frame == drawings[1].frame, sourceLocation: sourceLocation)
      #expect(drawings[0].places == drawings[1].places, sourceLocation: sourceLocation)
      #expect(
        drawings[0].layers.shown.map(\.drawing) == drawings[1].layers.shown.map(\.drawing),
        sourceLocation: sourceLocation)
      // A frame drawn after `takeOver` is the same.
      test.console.takeOver(drawings[0])
      let next = test.console.draw(textWidth: width)
      #expect(next.frame == drawings[0].frame, sourceLocation: sourceLocation)
      #expect(
        next.layers.shown.map(\.drawing) == drawings[0].layers.shown.map(\.drawing), sourceLocation: sourceLocation)
    }
  }

  /// The stored state of a layer and its models. Lists are left out: they make rows on drawing, which are only a cache.
  private func state(of value: Any, depth: Int = 5) -> String {
    if value is Workspace || value is any TableModel { return "" }
    let mirror = Mirror(reflecting: value)
    let children = [mirror.superclassMirror, mirror].compactMap { $0 }.flatMap(\.children)
    guard depth > 0, !children.isEmpty else { return "\(value)" }
    return "(" + children.map { "\($0.label ?? ""): \(state(of: $0.value, depth: depth - 1))" }.joined(separator: ", ")
      + ")"
  }

  private func console() async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest()
    await test.start(at: 3)
    test.console.host = terminal
    return test
  }

  private let terminal = TerminalUnderTest()

  @Test(arguments: [
    Key.enter, .character("D"), .character("e"), .character("i"), .character("c"), .character("S"), .character("M"),
    .character("?"), .character(":"), .character("y"), .character("Y"),
  ])
  func whateverLiesOverThePanes(key: Key) async throws {
    let test = try await console()
    await test.press(key)
    for keys: [Key] in [[], [.down, .down], [.pageDown, .pageDown], [.end], [.character("a"), .backspace]] {
      test.console.handle(keys.map { .key($0) })
      let layer = try #require(test.console.layers.last?.layer)
      expectDrawingChangesNothing(test, layer)
    }
  }

  @Test func aQuestionAboutSeveral() async throws {
    let test = try await console()
    await test.press(.character("2"), .control("a"), .character("D"))
    let layer = try #require(test.console.layers.last?.layer)
    #expect(layer is QuestionLayer)
    for key: Key in [.pageDown, .down, .pageDown, .pageUp, .up] {
      test.console.handle([.key(key)])
      expectDrawingChangesNothing(test, layer)
    }
  }

  @Test func aQuestionForWhatAScreenMayNotShow() async throws {
    let test = try await console()
    test.workspace.clouds.select(7)
    for cloud in test.workspace.clouds.records.prefix(9) {
      test.workspace.clouds.select(cloud.id)
      await test.press("D")
      let layer = try #require(test.console.layers.last?.layer)
      expectDrawingChangesNothing(test, layer)
      await test.press(.escape)
    }
  }

  @Test func aFormThatSaysWhatBecameOfManyParts() async throws {
    let test = try await console()
    await test.press("i")
    await test.type((1...9).map { "a\($0)@x.example" }.joined(separator: ", "))
    await test.service.fail(.post, "/cloud/3/invitation", with: .badGateway)
    await test.press(.enter)
    let layer = try #require(test.console.layers.last?.layer)
    #expect(layer is FormLayer)
    for key: Key in [.pageDown, .pageDown, .pageUp, .tab, .escape] {
      test.console.handle([.key(key)])
      expectDrawingChangesNothing(test, layer)
    }
  }

  @Test func messagesServicesAndWaits() async throws {
    let test = try await ConsoleUnderTest(services: ServicesUnderTest())
    await test.start(at: 3)
    let text = (1...60).map { "Line \($0)." }.joined(separator: "\n")
    test.console.open(MessageLayer(title: "Long", keymap: .standard) { text })
    test.console.open(WaitingLayer(title: "Wait", text: "It takes a while…"))
    await test.press("P")
    for entry in test.console.layers.entries { expectDrawingChangesNothing(test, entry.layer) }
    #expect(test.console.layers.count == 2)
    test.console.layers.removeTop()
    await test.press(.end)
    expectDrawingChangesNothing(test, try #require(test.console.layers.last?.layer))
    test.console.layers.removeAll()
    await test.press("P")
    let services = try #require(test.console.layers.last?.layer)
    #expect(services is ServicesLayer)
    expectDrawingChangesNothing(test, services)
  }

  @Test(
    arguments: [false, true],
    [Size(columns: 120, rows: 34), Size(columns: 80, rows: 24), small, Size(columns: 9, rows: 3)])
  func thePanes(isForScreenReader: Bool, size: Size) async throws {
    let parts = try await PartsUnderTest(size: size, isForScreenReader: isForScreenReader)
    for step in 0..<12 {
      switch step % 4 {
      case 0: parts.panes.moveFocus(by: 1)
      case 1: parts.panes.table.select(row: parts.panes.table.rowCount - 1)
      case 2: parts.panes.context.notices.say(.failure, String(repeating: "It failed again. ", count: step))
      default: parts.panes.table.sortByNextColumn()
      }
      let before = (parts.panes.scroll, parts.display.layout, parts.panes.focus)
      let drawings = (1...2).map { _ in parts.display.draw(hints: [], textWidth: .builtIn) }
      #expect(drawings[0].frame == drawings[1].frame)
      #expect(drawings[0].places == drawings[1].places)
      #expect(drawings[0].screen == drawings[1].screen)
      #expect(before == (parts.panes.scroll, parts.display.layout, parts.panes.focus))
      parts.display.takeOver(drawings[0])
      #expect(parts.display.draw(hints: [], textWidth: .builtIn).frame == drawings[0].frame)
    }
  }

  @Test func drawingMakesNoFrameDueAndReadsNothing() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 60, rows: 20))
    await test.start(at: 3)
    test.workspace.clouds.select(row: test.workspace.clouds.rowCount - 1)
    await test.service.idle()
    let sent = await test.simulator.requests.count
    var changes = 0
    test.workspace.context.activity.onChange = { changes += 1 }
    for _ in 0..<3 { _ = test.console.draw(textWidth: .builtIn) }
    #expect(changes == 0)
    test.service.watch()
    await test.service.idle()
    #expect(await test.simulator.requests.count == sent)
  }

  @Test func theRowsOnTheScreenAreToldToTheirListOnceTheyAreTakenOver() async throws {
    let parts = try await PartsUnderTest(size: Size(columns: 60, rows: 20))
    var shown: [[Cloud.ID]] = []
    parts.panes.workspace.clouds.onShow = { shown.append($0) }
    let drawing = parts.display.draw(hints: [], textWidth: .builtIn)
    #expect(shown.isEmpty)
    parts.display.takeOver(drawing)
    #expect(shown.map(\.count) == [drawing.places[0]?.rows.lines.count])
  }

  @Test func aLayerTakesTheKeysThatAreHintedAtWhereNoneLies() async throws {
    let parts = try await PartsUnderTest()
    let hint = KeyHint("x", "there is")
    #expect(parts.show(hints: [hint]).frame.text().contains("x there is"))
    let layer = WaitingLayer(title: "Wait", text: "")
    parts.layers.open(layer)
    #expect(!parts.show(hints: [hint]).frame.text().contains("x there is"))
    // The hints are back in the frame that finds the layer finished.
    layer.finish()
    #expect(parts.show(hints: [hint]).frame.text().contains("x there is"))
  }
}

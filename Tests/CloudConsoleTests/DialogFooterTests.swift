import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// The key that closes a dialog is visible, however narrow the dialog is.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct DialogFooterTests {
  private let footer = DialogFooter(
    keys: [KeyHint("Enter", "send"), KeyHint("Tab", "next"), KeyHint("Ctrl-T", "the demo")],
    alternative: KeyHint("Esc", "leave"), consequence: "it will be reported",
    condition: "(or not)")

  @Test(arguments: [
    (90, "Enter send   Tab next   Ctrl-T the demo   Esc leave, it will be reported   (or not)"),
    (78, "Enter send   Tab next   Ctrl-T the demo   Esc leave, it will be reported"),
    (60, "Enter send   Tab next   Ctrl-T the demo   Esc leave"), (50, "Enter send   Tab next   Esc leave"),
    (30, "Enter send   Esc leave"), (12, "Esc leave"), (5, "Esc …"),
  ])
  func whatMattersLeastGoesFirst(columns: Int, expected: String) {
    #expect(footer.text(columns: columns, textWidth: .builtIn) == expected)
  }

  @Test func aStatusIsCutBeforeTheWayOut() {
    let footer = DialogFooter(
      status: "re-reading it to find out…", alternative: KeyHint("Esc", "leave"), consequence: "why")
    #expect(footer.text(columns: 34, textWidth: .builtIn) == "re-reading it to find…   Esc leave")
  }

  @Test func aQuestionWithoutRoomBesideItsKeysTakesTheTitlesPlace() async throws {
    let test = try await ConsoleUnderTest(size: Size(columns: 40, rows: 10))
    await test.start(at: 3)
    await test.press("c")
    await test.type("x")
    await test.press(.escape)
    #expect(test.line(with: "╭ Discard your input? ─") != nil)
    #expect(test.line(with: "y leave   Enter stay ╯") != nil)
    test.resize(columns: 80, rows: 24)
    #expect(test.line(with: "╭ Create a cloud ─") != nil)
    #expect(test.line(with: "Discard your input?   y leave   Enter stay ╯") != nil)
  }

  private nonisolated static let dialogs: [(Key, String)] = [
    (.character("c"), "Esc leave"), (.character("i"), "Esc leave"), (.character("e"), "Esc leave"),
    (.character("D"), "Enter cancel"), (.character("M"), "Enter cancel"), (.character("?"), "Esc close"),
    (.character(":"), "Esc close"), (.character("S"), "Esc close"), (.character("L"), "Esc close"),
    (.character("y"), "Esc close"), (.character("Y"), "Esc close"), (.character("P"), "Esc close"),
    (.enter, "Esc close"),
  ]

  @Test(arguments: dialogs, [false, true])
  func everyDialogOfTheSmallestWindowShowsTheWayOut(dialog: (key: Key, alternative: String), isHeard: Bool) async throws
  {
    var settings = Console.Settings()
    settings.screenReader = isHeard
    let test = try await ConsoleUnderTest(
      size: ConsoleLayout.smallest, console: settings, services: ServicesUnderTest())
    await test.start(at: 3)
    await test.press(dialog.key)
    let row = try #require(test.rows.last { $0.contains(dialog.alternative) }, "\(test.text)")
    // The border of a pane may continue beside the dialog.
    #expect(isHeard ? row.hasSuffix(dialog.alternative) : row.contains("\(dialog.alternative) ╯"), "\(row)")
  }

  @Test func whatIsBeingSentCanBeLeftInTheSmallestWindow() async throws {
    let test = try await ConsoleUnderTest(size: ConsoleLayout.smallest)
    await test.start(at: 3)
    await test.service.fail(.post, "/cloud", with: .delay(.seconds(9)))
    await test.press("c")
    await test.type("Slow")
    test.console.handle([.key(.enter)])
    #expect(test.line(with: "sending…   Esc leave ╯") != nil, "\(test.text)")
    await test.service.network.waitForRest(of: .seconds(9))
    test.service.network.advance(by: .seconds(9))
    await test.settle()
  }

  @Test func aListThatScrollsSaysWhereOneIs() async throws {
    let test = try await ConsoleUnderTest(size: ConsoleLayout.smallest)
    test.console.host = nil
    await test.start(at: 3)
    await test.press("y")
    #expect(test.line(with: "╭ Copy ─")?.contains(" 1–6 of 13 ╮") == true)
    await test.press(.end)
    #expect(test.line(with: "╭ Copy ─")?.contains(" 8–13 of 13 ╮") == true)
    await test.press(.escape, .character(":"))
    let count = Keymap.standard.bindings.count - 1
    #expect(test.line(with: "╭ Commands ─")?.contains(" 1–3 of \(count) ╮") == true)
    await test.press(.down, .down, .down)
    #expect(test.line(with: "╭ Commands ─")?.contains(" 2–4 of \(count) ╮") == true)
    await test.type("quit")
    #expect(test.line(with: "╭ Commands ─")?.contains(" of ") == false)
  }
}

import CloudAPI
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct KeymapOverrideTests {
  private func overridden(_ overrides: [KeymapOverride]) throws(KeymapOverrideError) -> Keymap {
    try Keymap.standard.overridden(by: overrides)
  }

  @Test func aCommandGetsOtherKeysInPlaceOfItsOwn() throws {
    let keymap = try overridden([KeymapOverride(command: "refresh", keys: ["ctrl-r", "f6"])])
    #expect(keymap.command(for: .control("r")) == .refresh)
    #expect(keymap.command(for: .function(6)) == .refresh)
    #expect(keymap.command(for: .character("r")) == nil)
    #expect(keymap.command(for: .function(5)) == nil)
    #expect(keymap.command(for: .character("s")) == .sort)
    #expect(keymap.plainText.contains("Ctrl-R, F6"))
  }

  @Test func twoCommandsCanChangePlaces() throws {
    let keymap = try overridden([
      KeymapOverride(command: "sort", keys: ["S"]), KeymapOverride(command: "sizes", keys: ["s"]),
    ])
    #expect(keymap.command(for: .character("S")) == .sort)
    #expect(keymap.command(for: .character("s")) == .sizes)
  }

  @Test(arguments: [
    (
      KeymapOverride(command: "refesh", keys: ["x"], line: 12),
      "Line 12: There is no command \"refesh\": did you mean \"refresh\"? skydeck keys lists them."
    ),
    (
      KeymapOverride(command: "make-coffee", keys: ["x"], line: 3),
      "Line 3: There is no command \"make-coffee\". skydeck keys lists them."
    ),
    (
      KeymapOverride(command: "refresh", keys: ["s"], line: 7),
      "Line 7: s can't be refresh: it is sort. Give sort another key, or take another one."
    ),
    (
      KeymapOverride(command: "delete", keys: ["ctrl-x"], line: 9),
      "Line 9: delete can't be on Ctrl-X: destructive commands can't be on Ctrl chords."
    ),
    (
      KeymapOverride(command: "refresh", keys: ["ctrl-i"], line: 4),
      "Line 4: A terminal sends the same for ctrl-i and tab: write tab."
    ),
    (KeymapOverride(command: "quit", keys: []), "quit needs a key."),
  ])
  func whatCannotBeIsAnErrorThatNamesTheLine(override: KeymapOverride, message: String) {
    let error = #expect(throws: KeymapOverrideError.self) { try overridden([override]) }
    #expect(error?.description == message)
  }

  @Test func aClashBetweenTwoOverridesNamesTheLaterCommandsLine() {
    let error = #expect(throws: KeymapOverrideError.self) {
      try overridden([
        KeymapOverride(command: "sort", keys: ["x"], line: 1), KeymapOverride(command: "sizes", keys: ["x"], line: 2),
      ])
    }
    #expect(error?.reason == .clash(.character("x"), .sort, with: .sizes))
    #expect(error?.line == 1)
  }

  @Test func aCommandInTwoPlacesIsAnError() {
    let error = #expect(throws: KeymapOverrideError.self) {
      try overridden([
        KeymapOverride(command: "sort", keys: ["x"], line: 1), KeymapOverride(command: "sort", keys: ["y"], line: 2),
      ])
    }
    #expect(error?.description == "Line 2: sort is bound twice: list all its keys in one place.")
  }

  @Test func everyKeyOfTheStandardKeymapHasAName() throws {
    let names: [Key: String] = [
      .up: "up", .down: "down", .left: "left", .right: "right", .enter: "enter", .tab: "tab", .backTab: "shift-tab",
      .escape: "esc", .delete: "delete", .home: "home", .end: "end", .pageUp: "pgup", .pageDown: "pgdn",
    ]
    for key in Keymap.standard.bindings.flatMap(\.keys) {
      let name: String
      switch key {
      case .character(let character): name = String(character)
      case .control(let character): name = "Ctrl-\(character)"
      case .function(let number): name = "F\(number)"
      default: name = try #require(names[key])
      }
      #expect(try Key(name: name) == key)
    }
  }

  @Test(arguments: ["", "ctrl-", "ctrl-xy", "ctrl-1", "f0", "f21", "fx", "hyper-x", "\n", "alt-[", "ctrl-m"])
  func aNameThatMeansNoKeyIsAnError(name: String) {
    #expect(throws: UnknownKey.self) { try Key(name: name) }
  }

  @Test func aLetterThatRedrawsIsStillTyped() async throws {
    var settings = Console.Settings()
    settings.keymap = try overridden([KeymapOverride(command: "redraw", keys: ["w"])])
    let test = try await ConsoleUnderTest(console: settings)
    let terminal = TerminalUnderTest()
    test.console.host = terminal
    await test.start(at: 3)
    await test.press("w")
    #expect(terminal.repaints == 1)
    await test.press("/")
    await test.type("tower")
    #expect(test.workspace.clouds.filter.text == "tower")
    await test.press(.enter, .character("c"))
    await test.type("Two")
    await test.press(.enter)
    #expect(test.service.transport.writes == ["POST /cloud {\"name\":\"Two\"}"])
    #expect(terminal.repaints == 1)
  }

  @Test func hintsHelpAndPaletteShowTheKeysAsTheyAre() async throws {
    var settings = Console.Settings()
    settings.keymap = try overridden([
      KeymapOverride(command: "create", keys: ["n"]), KeymapOverride(command: "delete", keys: ["X"]),
      KeymapOverride(command: "sizes", keys: []),
    ])
    let test = try await ConsoleUnderTest(console: settings)
    await test.start(at: 3)
    let hints = test.console.hints.map { "\($0.keys) \($0.label)" }
    #expect(hints.starts(with: ["n create", "e edit", "X delete"]))
    #expect(!hints.contains { $0.contains("sizes") })
    await test.press("?")
    #expect(test.line(with: "Delete the cloud with all")?.contains(" X  ") == true)
    await test.press(.escape, .character("D"))
    #expect(test.console.layers.isEmpty)
    await test.press("X")
    #expect(test.text.contains("Delete Haussmann Tower?"))
    await test.press(.escape, .character(":"))
    await test.type("sizes")
    await test.press(.enter)
    #expect(test.text.contains("╭ Sizes ─"))
  }
}

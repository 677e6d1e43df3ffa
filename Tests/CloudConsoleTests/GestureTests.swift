import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct GestureTests {
  @Test func theStandardKeymapBindsNoKeyTwiceAndEveryCommandOnce() throws {
    let keymap = try Keymap(Keymap.standardBindings)
    #expect(Set(keymap.bindings.map(\.command)) == Set(Command.allCases))
    #expect(keymap.bindings.count == Command.allCases.count)
  }

  @Test func aKeyBoundTwiceIsAnErrorThatNamesBothCommands() {
    let bindings = [
      Binding(.quit, [.character("x")], "", summary: "", "", task: .console),
      Binding(.help, [.character("x")], "", summary: "", "", task: .console),
    ]
    let error = #expect(throws: KeymapError.self) { try Keymap(bindings) }
    #expect(error?.description == "The key x is bound to quit and help: bind it to one of them.")
  }

  @Test func noDestructiveCommandSitsOnAControlChordOrWithoutAShift() {
    for binding in Keymap.standard.bindings where binding.isDangerous {
      for key in binding.keys {
        switch key {
        case .character(let character): #expect(character.isUppercase)
        case .delete: break
        default: Issue.record("\(binding.command) is on \(key.title)")
        }
      }
    }
  }

  @Test func keysAloneReachEveryOperationOfTheAPI() async throws {
    let test = try await ConsoleUnderTest()
    let terminal = TerminalUnderTest()
    test.console.host = terminal
    await test.start(at: 3)

    terminal.editing = { $0.replacing("Haussmann 2", with: "Haussmann 3") }
    await test.press(.enter, .escape)
    await test.press("e")
    await test.press(.control("u"))
    await test.type("Haussmann 2")
    await test.press(.enter, .character("E"), .character("M"), .character("y"))

    terminal.editing = { $0.replacing("\"role\": ", with: "\"role\": 50, // was ") }
    await test.press(.character("2"), .enter, .escape, .character("e"), .right, .enter)
    await test.press(.down, .character("E"))
    terminal.editing = { $0.replacing("\"role\": ", with: "\"role\": 100, // was ") }
    await test.press(.character("E"), .character("D"), .character("y"))

    await test.press(.character("3"), .character("i"))
    await test.type("a@x.example")
    await test.press(.enter, .character("R"), .character("y"), .character("D"), .character("y"))

    terminal.editing = { $0.replacing("\"step 2\"", with: "\"step 3\"") }
    await test.press(.character("4"), .enter, .escape, .character("c"))
    await test.type("step")
    await test.press(.enter, .character("e"))
    await test.type(" 2")
    await test.press(.enter, .character("E"), .character("D"), .character("y"))

    await test.press(.character("1"), .character("c"))
    await test.type("Gone")
    await test.press(.enter, .character("D"))
    await test.type("Gone")
    await test.press(.enter)

    var missing = Set(CloudAPI.Operation.allCases)
    for request in await test.simulator.requests where request.status?.kind == .successful {
      missing = missing.filter { !$0.isReached(by: request) }
    }
    #expect(missing == [])
    #expect(await test.simulator.emailsSent(to: "a@x.example", in: 3) == 2)
  }

  @Test(arguments: 0..<4)
  func everyKeyDoesSomethingInEveryPaneOrSaysWhyNot(pane: Int) async throws {
    for binding in Keymap.standard.bindings where binding.command != .back {
      // Keys mean the same in every pane: only the first pane tries all of them.
      for key in pane == 0 ? binding.keys[...] : binding.keys.prefix(1) {
        let test = try await ConsoleUnderTest()
        let terminal = TerminalUnderTest()
        terminal.editing = { $0 }
        test.console.host = terminal
        await test.start(at: 3)
        test.console.setFocus((pane + 1) % 4)
        if ![.focusClouds, .focusUsers, .focusInvitations, .focusProcessors].contains(binding.command) {
          test.console.setFocus(pane)
          test.console.table.select(row: 1)
        }
        await test.settle()
        test.service.now += 60
        let before = test.present()
        await test.press(key)
        let hasChanged = test.present() != before || test.hasQuit || terminal.repaints + terminal.suspensions > 0
        let isThere = binding.command == .focusClouds && pane == 3
        #expect(
          hasChanged || isThere || isFocus(binding.command, on: (pane + 1) % 4), "\(key.title) in pane \(pane + 1)")
      }
    }
  }

  /// Whether the command moves the focus to the pane that already has it.
  private func isFocus(_ command: Command, on pane: Int) -> Bool {
    [.focusClouds, .focusUsers, .focusInvitations, .focusProcessors].firstIndex(of: command) == pane
  }

  @Test func escapeDismissesTheMessageThenClearsTheFilterAndNeverLeaves() async throws {
    let test = try await ConsoleUnderTest()
    await test.start()
    await test.press("/")
    await test.type("tower")
    await test.press(.enter)
    test.workspace.context.notices.say(.failure, "Trouble")
    await test.press(.escape)
    #expect(test.workspace.context.notices.current == nil)
    #expect(test.workspace.clouds.filter.text == "tower")
    await test.press(.escape)
    #expect(test.workspace.clouds.filter.isEmpty)
    await test.press(.escape, .escape)
    #expect(!test.hasQuit)
  }

  @Test func aKeyThatMeansNothingDoesNothing() async throws {
    let test = try await ConsoleUnderTest()
    await test.start()
    let before = test.present()
    test.console.handle([.unknown(Array("[D".utf8)), .answer([]), .paste("qD\ny"), .key(.function(9)), .key(.insert)])
    await test.settle()
    #expect(test.present() == before)
    #expect(!test.hasQuit)
  }
}

extension CloudAPI.Operation {
  fileprivate func isReached(by request: RecordedRequest) -> Bool {
    let (wanted, found) = (pathTemplate.split(separator: "/"), request.path.split(separator: "/"))
    return request.method == method && wanted.count == found.count
      && zip(wanted, found).allSatisfy { $0.hasPrefix("{") ? Int($1) != nil : $0 == $1 }
  }
}

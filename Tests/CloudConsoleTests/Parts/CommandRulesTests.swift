import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct CommandRulesTests {
  @Test func whatCanNotBeDoneHereIsRefusedWithTheReason() async throws {
    let parts = try await PartsUnderTest()
    let rules = parts.rules
    #expect(rules.refusal(of: .services) == nil)
    let alone = CommandRules(panes: parts.panes, display: parts.display, keymap: .standard, hasServices: false)
    #expect(alone.refusal(of: .services) == "There is no other service.")
    #expect(rules.refusal(of: .unmark) == "Nothing is marked.")
    #expect(rules.refusal(of: .zoom) == nil)
    parts.display.resize(to: Size(columns: 60, rows: 20))
    #expect(rules.refusal(of: .zoom) == "This window already shows a single pane.")
    parts.panes.toggleZoom()
    #expect(rules.refusal(of: .zoom) == nil)
  }

  @Test func aPageIsAsLongAsThePaneWithOneRowThatStays() async throws {
    let parts = try await PartsUnderTest()
    let rules = parts.rules
    #expect(rules.rows(of: .moveDown) == 1)
    #expect(rules.rows(of: .pageDown) == parts.display.capacity - 1)
    #expect(rules.rows(of: .pageUp) == 1 - parts.display.capacity)
    #expect(rules.rows(of: .open) == nil)
    parts.display.resize(to: Size(columns: 1, rows: 1))
    #expect(rules.rows(of: .pageDown) == 1)
  }

  @Test func hintsAreTheKeysThatWorkAndCountWhatIsMarked() async throws {
    let parts = try await PartsUnderTest()
    let rules = parts.rules
    parts.panes.setFocus(1)
    #expect(!rules.hints.contains { $0.label == "send again" })
    for hint in rules.hints {
      let binding = Keymap.standard.bindings.first { $0.keys.first?.title == hint.keys }
      #expect(binding.map { rules.refusal(of: $0.command) == nil } == true, "\(hint)")
    }
    parts.panes.table.toggleMark()
    parts.panes.table.toggleMark()
    #expect(rules.markedCount(for: .delete) == 2)
    #expect(rules.markedCount(for: .create) == 0)
    #expect(rules.hints.first?.label.hasSuffix(" 2") == true)
    parts.panes.openFilter()
    #expect(rules.hints.map(\.label) == ["keep", "clear", "move"])
  }

  @Test func marksOfAnotherListAreNotWhatAnInvitationIsTo() async throws {
    let parts = try await PartsUnderTest()
    let rules = parts.rules
    #expect(rules.cloudSubject(.marked) == .marked)
    parts.panes.setFocus(1)
    #expect(rules.cloudSubject(.marked) == .selected)
  }
}

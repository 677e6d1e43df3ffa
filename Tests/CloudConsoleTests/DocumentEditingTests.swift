import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite(.timeLimit(.minutes(5))) struct DocumentEditingTests {
  private func console(editing: (@MainActor (String) -> String)?) async throws -> (ConsoleUnderTest, TerminalUnderTest)
  {
    let test = try await ConsoleUnderTest()
    let terminal = TerminalUnderTest()
    terminal.editing = editing
    test.console.host = terminal
    await test.start(at: 3)
    return (test, terminal)
  }

  @Test func whatWasSavedIsPutAndTheFileGoes() async throws {
    let (test, terminal) = try await console { $0.replacing("Haussmann Tower", with: "Tour Haussmann") }
    await test.press("E")
    #expect(test.service.transport.writes == ["PUT /cloud/3 {\"name\":\"Tour Haussmann\"}"])
    #expect(terminal.discarded == 1)
    #expect(test.text.contains("▸ Tour Haussmann"))
    #expect(test.text.contains("Renamed \"Haussmann Tower\" to \"Tour Haussmann\"."))
  }

  @Test func unchangedIsNothingSent() async throws {
    let (test, terminal) = try await console { $0 }
    await test.press("E")
    #expect(test.service.transport.writes == [])
    #expect(terminal.discarded == 1)
    #expect(test.text.contains("Nothing was changed, so nothing was sent."))
  }

  @Test func aMistakeGoesBackToTheEditorWithTheReasonAndNothingIsLost() async throws {
    let (test, terminal) = try await console(editing: nil)
    terminal.editing = { text in
      terminal.documents.count == 1
        ? text.replacing("Haussmann Tower\"", with: "Tour") : text.replacing("Tour", with: "Tour\"")
    }
    await test.press("E")
    #expect(terminal.documents.count == 2)
    #expect(terminal.documents.last?.hasPrefix("//! This is not JSON") == true)
    #expect(terminal.documents.last?.contains("Tour") == true)
    #expect(test.service.transport.writes == ["PUT /cloud/3 {\"name\":\"Tour\"}"])
  }

  /// The user's keys go to what they see.
  @Test func whoeverWentOnMeanwhileIsNotInterruptedByTheEditor() async throws {
    let (test, terminal) = try await console { $0.replacing("Haussmann Tower", with: "Tour") }
    let reads = Counter()
    await test.simulator.setFaults { request in
      switch (request.method, request.path) {
      case (.put, _): .reply(status: .badRequest, body: #"{"name":["Not this one."]}"#)
      case (.get, "/cloud/3") where reads.next() > 1: .delay(.seconds(9))
      default: nil
      }
    }
    test.console.handle([.key(.character("E"))])
    await test.service.network.waitForRest(of: .seconds(9))
    test.console.handle([.key(.character("2"))])
    test.service.network.advance(by: .seconds(9))
    await test.settle()
    #expect(terminal.documents.count == 1)
    #expect(terminal.discarded == 0)
    #expect(test.text.contains("Not sent: name: Not this one. What you wrote is in /tmp/document.json."))
  }

  @Test func whatIsHiddenInANameIsSeenInTheEditor() async throws {
    let (test, terminal) = try await console { $0 }
    _ = try await test.service.client.updateCloud(3, CloudPatch(name: "a\u{202E}b\u{9B}2Jc"))
    await test.press("E")
    #expect(terminal.documents.last?.contains(#""name": "a\u202eb\u009b2Jc""#) == true)
    let scalars = terminal.documents.last?.unicodeScalars.filter { $0 != "\n" } ?? []
    #expect(scalars.allSatisfy { $0.properties.generalCategory != .control && $0 != "\u{202E}" })
    #expect(test.service.transport.writes.count == 1)
    #expect(test.text.contains("Nothing was changed, so nothing was sent."))
  }

  @Test func leavingTheEditorWithTheMistakeGivesUpAndKeepsTheFile() async throws {
    let (test, terminal) = try await console { text in
      text.hasPrefix("//!") ? text : text.replacing("}", with: "")
    }
    await test.press("E")
    #expect(terminal.documents.count == 2)
    #expect(test.service.transport.writes == [])
    #expect(test.text.contains("What you wrote is in /tmp/document.json."))
  }

  /// The editor may be a program without a user.
  @Test func anEditorThatAlwaysLeavesMistakesIsStartedAgainOnceAndThenOnlyByAKey() async throws {
    let (test, terminal) = try await console { $0 + "{" }
    await test.press("E")
    #expect(terminal.documents.count == 2)
    #expect(test.text.contains("╭ cloud Haussmann Tower was not sent"))
    #expect(test.text.contains("What you wrote is in /tmp/document.json."))
    await test.press("e")
    #expect(terminal.documents.count == 3)
    #expect(terminal.documents.last?.hasPrefix("//! This is not JSON") == true)
    #expect(terminal.documents.last?.hasSuffix("{{") == true)
    #expect(test.text.contains("╭ cloud Haussmann Tower was not sent"))
    terminal.editing = { $0.replacing("{{{", with: "").replacing("Haussmann Tower", with: "Tour") }
    await test.press("e")
    #expect(test.service.transport.writes == ["PUT /cloud/3 {\"name\":\"Tour\"}"])
    #expect(!test.text.contains("was not sent"))
  }

  @Test(arguments: [Key.escape, .enter, .character("q")])
  func whoeverDoesNotEditAgainIsToldWhereItIs(key: Key) async throws {
    let (test, terminal) = try await console { $0 + "{" }
    await test.press(.character("E"), key)
    #expect(terminal.documents.count == 2)
    #expect(!test.text.contains("was not sent"))
    #expect(test.text.contains("Not sent: This is not JSON"))
    #expect(test.service.transport.writes == [])
  }

  @Test func linesMayEndWithACarriageReturn() async throws {
    let (test, terminal) = try await console(editing: nil)
    terminal.editing = { text in
      let windows = text.replacing("\n", with: "\r\n")
      return terminal.documents.count == 1
        ? windows.replacing("Haussmann Tower\"", with: "Tour") : windows.replacing("Tour", with: "Tour\"")
    }
    await test.press("E")
    #expect(terminal.documents.last?.split(separator: "//!").count == 1)
    #expect(test.service.transport.writes == ["PUT /cloud/3 {\"name\":\"Tour\"}"])
  }

  @Test func aRecordThatChangedMeanwhileIsRefusedWithBothShown() async throws {
    let (test, terminal) = try await console { $0.replacing("Haussmann Tower", with: "Mine") }
    let reads = Counter()
    await test.simulator.setFaults { request in
      guard request.method == .get, request.path == "/cloud/3", reads.next() > 1 else { return nil }
      return .reply(
        status: .ok, fields: [.contentType: "application/json"],
        body: "{\"id\":3,\"name\":\"Theirs\",\"features\":[],\"creator\":null}")
    }
    await test.press("E")
    #expect(test.service.transport.writes == [])
    #expect(terminal.discarded == 0)
    #expect(test.text.contains("changed meanwhile"))
    #expect(test.text.contains("\"name\": \"Theirs\""))
    #expect(test.text.contains("\"name\": \"Mine\""))
  }

  @Test func withoutAnEditorThePersonIsToldWhatToSet() async throws {
    let (test, terminal) = try await console(editing: nil)
    await test.press("E")
    #expect(terminal.documents.count == 1)
    #expect(test.text.contains("There is no editor: set EDITOR."))
    #expect(test.service.transport.writes == [])
  }

  @Test func anInvitationCannotBeEditedAndSaysWhatToDo() async throws {
    let (test, terminal) = try await console { $0 }
    await test.press(.character("3"), .character("E"))
    #expect(terminal.documents == [])
    #expect(test.text.contains("An invitation can't be changed"))
  }
}

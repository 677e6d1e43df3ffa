import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

/// The effects of a profile's label and `read_only` on the console.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct ServiceIdentityTests {
  private static let careful = ServiceIdentity(
    name: "acme-live", source: .profile("acme-live"), label: "PRODUCTION", colour: .red, isReadOnly: true)

  private func console(
    _ service: ServiceIdentity = careful, size: Size = Size(columns: 120, rows: 34)
  ) async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest(size: size, service: service)
    await test.start(at: 3)
    return test
  }

  @Test(arguments: [Size(columns: 120, rows: 34), Size(columns: 80, rows: 24), Size(columns: 40, rows: 10)])
  func theHeaderSaysLabelAndReadOnlyInWords(size: Size) async throws {
    let test = try await console(size: size)
    try expectRecorded(test.present(), as: "labelled-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: LabelColour.allCases)
  func theLabelHasItsColourInReverse(colour: LabelColour) async throws {
    var service = Self.careful
    service.colour = colour
    let test = try await console(service)
    let header = test.present().rows[0]
    let start = try #require(header.firstIndex { $0.style.reverse })
    #expect(header[start..<(start + 12)].map(\.text).joined() == " PRODUCTION ")
    #expect(header[start..<(start + 12)].allSatisfy { $0.style == Style(colour.tone, bold: true, reverse: true) })
  }

  @Test func aHostileOrEndlessLabelStaysInItsPlace() async throws {
    var service = Self.careful
    service.label = "\u{1B}[31m\u{202E}" + String(repeating: "東", count: 400)
    for size in [Size(columns: 120, rows: 34), Size(columns: 80, rows: 24), Size(columns: 40, rows: 10)] {
      let test = try await console(service, size: size)
      let line = try #require(test.text.split(separator: "\n").first)
      #expect(line.contains("read-only"), "\(line)")
      #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" })
    }
  }

  @Test func aLongNameIsCutBeforeTheLabelIs() async throws {
    var service = Self.careful
    service.name = String(repeating: "very-long-host.", count: 20)
    let line = try #require(try await console(service).text.split(separator: "\n").first)
    #expect(line.contains("…"))
    #expect(line.hasSuffix("PRODUCTION  read-only"))
  }

  @Test func writeCommandsLeaveTheHintsAndPressingOneSaysWhy() async throws {
    let test = try await console()
    for pane: Character in ["1", "2", "3", "4"] {
      await test.press(pane)
      let hints = test.console.hints.map(\.label)
      #expect(hints.allSatisfy { !["create", "edit", "delete", "invite", "send again"].contains($0) }, "\(hints)")
      for binding in Keymap.standard.bindings where binding.command.writes {
        await test.press(binding.keys[0])
        #expect(test.console.layers.isEmpty)
        #expect(test.workspace.context.notices.current?.text == "This profile is read-only.", "\(binding.command)")
      }
    }
    #expect(test.service.transport.writes == [])
  }

  @Test func aRecordOffersNoWriteEither() async throws {
    let test = try await console()
    await test.press(.enter, .character("D"))
    #expect(test.console.layers.count == 1)
    #expect(!test.text.contains("D delete"))
  }

  @Test func thePaletteAndTheHelpSayWhyTheyAreOff() async throws {
    let test = try await console()
    await test.press(":")
    await test.type("invite")
    #expect(test.text.contains("This profile is read-only."))
    await test.press(.escape, .character("?"), .pageDown)
    #expect(test.text.contains("Changing   off: This profile is read-only."))
  }

  @Test func theTypedConfirmationOfAPersonAsksForTheirEMail() async throws {
    var service = Self.careful
    service.isReadOnly = false
    let test = try await console(service)
    await test.press(.character("2"), .character("D"))
    #expect(test.text.contains("Type the e-mail or “remove user 101” to confirm:"))
    await test.press("y")
    #expect(test.service.transport.writes == [])
    await test.press(.control("u"))
    await test.type("ada@atelier.example")
    await test.press(.enter)
    #expect(test.service.transport.writes == ["DELETE /cloud/3/user/101"])
  }
}

import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// Whole screens, compared with the files in `Screens`.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct ScreenTests {
  private nonisolated static let wide = Size(columns: 120, rows: 34)
  private nonisolated static let medium = Size(columns: 80, rows: 24)
  private nonisolated static let narrow = Size(columns: 40, rows: 10)

  private func console(_ size: Size = wide, at cloud: Cloud.ID? = 3) async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest(size: size, services: ServicesUnderTest())
    await test.start(at: cloud)
    return test
  }

  @Test(arguments: [
    Size(columns: 200, rows: 50), wide, medium, narrow, Size(columns: 39, rows: 10), Size(columns: 120, rows: 9),
    Size(columns: 1, rows: 1),
  ])
  func theOverviewFitsEverySize(size: Size) async throws {
    let test = try await console(size)
    try expectRecorded(test.present(), as: "overview-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [wide, medium, narrow])
  func theFocusedPaneOfUsersCarriesTheAccent(size: Size) async throws {
    let test = try await console(size)
    await test.press(.character("2"), .down)
    try expectRecorded(test.present(), as: "users-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [Size(columns: 200, rows: 50), wide, medium, narrow])
  func peopleFillTheScreen(size: Size) async throws {
    let test = try await console(size)
    await test.press("5")
    try expectRecorded(test.present(), as: "people-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [wide, medium, narrow])
  func aPersonIsShownWithEveryCloud(size: Size) async throws {
    let test = try await console(size)
    await test.press(.character("5"), .down, .enter)
    try expectRecorded(test.present(), as: "person-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [wide, narrow])
  func theInviteFormSaysWhatIsWrongBesideTheField(size: Size) async throws {
    let test = try await console(size)
    await test.press("i")
    await test.type("new@x.example grace@beton.example")
    await test.press(.tab, .control("u"), .enter)
    try expectRecorded(test.present(), as: "invite-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [wide, medium, narrow])
  func theDeleteDialogSaysWhatGoesAndAsksForTheName(size: Size) async throws {
    let test = try await console(size)
    await test.press("D")
    await test.type("Haussm")
    try expectRecorded(test.present(), as: "delete-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [wide, medium])
  func theSizeOverviewRanksTheCloudsAsBars(size: Size) async throws {
    let test = try await console(size)
    await test.press("S")
    try expectRecorded(test.present(), as: "sizes-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [wide, medium])
  func theHelpGroupsTheKeysByTask(size: Size) async throws {
    let test = try await console(size)
    await test.press("?")
    try expectRecorded(test.present(), as: "help-\(size.columns)x\(size.rows)")
  }

  @Test func thePaletteListsEveryCommand() async throws {
    let test = try await console(Self.medium)
    await test.press(":")
    await test.type("se")
    try expectRecorded(test.present(), as: "palette-80x24")
  }

  @Test func aRecordShowsEveryField() async throws {
    let test = try await console(Self.medium)
    await test.press(.enter)
    try expectRecorded(test.present(), as: "record-80x24")
  }

  @Test func theLogListsRequestsAndMessages() async throws {
    let test = try await ConsoleUnderTest(.empty, size: Self.medium)
    await test.service.fail(.get, "/cloud", with: .badGateway)
    await test.start()
    await test.service.heal()
    test.service.now += 3
    await test.press("r")
    await test.service.until { test.workspace.requests.entries.allSatisfy { $0.ending != nil } }
    test.workspace.context.notices.say(.done, "Something was done.")
    test.workspace.context.notices.say(.unknown, "Something may have been done.")
    await test.press("L")
    try expectRecorded(test.present(), as: "log-80x24")
  }

  @Test(arguments: [wide, medium, narrow])
  func anEmptyServiceSaysWhichKeyFillsIt(size: Size) async throws {
    let test = try await ConsoleUnderTest(.empty, size: size)
    await test.start()
    try expectRecorded(test.present(), as: "empty-\(size.columns)x\(size.rows)")
  }

  @Test(arguments: [wide, medium])
  func aServiceThatCannotBeReachedIsSaidWithTheNextTry(size: Size) async throws {
    let test = try await ConsoleUnderTest(size: size, faults: { _ in .refusedConnection })
    await test.start()
    try expectRecorded(test.present(), as: "unreachable-\(size.columns)x\(size.rows)")
  }

  @Test func aKeyWithoutTheScopeIsToldWhichOneIsMissing() async throws {
    let test = try await ConsoleUnderTest(
      size: Self.wide, faults: { $0.path?.hasSuffix("/invitation") == true ? .forbidden : nil })
    await test.start(at: 3)
    try expectRecorded(test.present(), as: "forbidden-120x34")
  }

  @Test func aWaitIsSaidAfter300MillisecondsAndNotBefore() async throws {
    let test = try await ConsoleUnderTest(size: Self.medium, faults: { _ in .noAnswer(carriedOut: true) })
    test.workspace.start()
    await test.service.until { test.workspace.requests.inFlight == 1 }
    #expect(!test.text.contains("loading…"))
    test.service.now += 0.4
    try expectRecorded(test.present(), as: "loading-80x24")
    test.workspace.clouds.cancelReading()
  }

  @Test func oldRowsStayAndSayOfWhenTheyAre() async throws {
    let test = try await console(Self.medium)
    test.service.now += 600
    await test.service.fail(.get, "/cloud", with: .badGateway)
    await test.press("r")
    try expectRecorded(test.present(), as: "stale-80x24")
  }

  @Test func inASCIILinesAndSignsAreASCII() async throws {
    let test = try await console(Self.medium)
    try expectRecorded(test.console.frame(textWidth: .builtIn.drawingInASCII), as: "ascii-80x24")
  }

  @Test func aSizeThatFailsShowsAQuestionMarkAndItsReason() async throws {
    let test = try await ConsoleUnderTest(
      size: Self.medium, faults: { $0.path == "/cloud/3/size" ? .badGateway : nil })
    await test.start(at: 3)
    try expectRecorded(test.present(), as: "size-failed-80x24")
  }
}

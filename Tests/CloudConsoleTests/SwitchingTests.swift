import CloudAPI
import CloudChanges
import CloudProfiles
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// Tests of switching between services without a restart.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct SwitchingTests {
  private let services = ServicesUnderTest()

  private func console(
    size: Size = Size(columns: 80, rows: 24), settings: Workspace.Settings = .immediate
  ) async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest(
      size: size, service: ServicesUnderTest.staging, settings: settings, services: services)
    await test.start(at: 3)
    return test
  }

  /// Opens the list of services, switches to one and waits until everything was read.
  private func go(_ test: ConsoleUnderTest, to service: ServiceIdentity) async throws {
    let old = test.console.context.activity
    test.console.handle([.key(.character("P"))])
    test.present()
    let row = try #require(try services.offers().firstIndex { $0.identity.source == service.source })
    test.console.handle([.key(.home)] + Array(repeating: .key(.down), count: row) + [.key(.enter)])
    await old.idle()
    let next = try #require(services.opened[service.source])
    next.watch()
    await next.idle()
    test.present()
  }

  @Test func theProfilesAreListedWithAddressLabelAndThePresentOne() async throws {
    let test = try await console()
    await test.press("P")
    try expectRecorded(test.present(), as: "profiles-80x24")
  }

  @Test func enterShowsTheOtherServiceFromItsBeginning() async throws {
    let test = try await console(size: Size(columns: 120, rows: 34))
    await test.press(.character("2"), .end, .character("/"))
    await test.type("a")
    await test.press(.enter)
    try await go(test, to: ServicesUnderTest.live)
    #expect(test.console.layers.isEmpty)
    #expect(test.console.focus == 0)
    #expect(test.line(with: "skydeck")?.contains("live · live.example   PRODUCTION  read-only") == true)
    #expect(test.line(with: "skydeck")?.contains("14 clouds") == true)
    test.console.handle([.key(.character("D"))])
    #expect(test.console.context.notices.current?.text == "This profile is read-only.")
  }

  @Test func whatTheOldServiceWasAskedIsGivenUp() async throws {
    let test = try await console()
    await test.service.fail(.get, "/cloud", with: .noAnswer(carriedOut: false))
    test.console.handle([.key(.character("r"))])
    await test.service.until { test.service.workspace.requests.inFlight == 1 }
    test.present()
    try await go(test, to: ServicesUnderTest.live)
    // All tasks of the old service have ended, and none starts again.
    test.service.watch()
    await test.service.idle()
    #expect(test.service.clock.rests == [])
    test.service.workspace.refreshClouds()
    #expect(test.service.workspace.requests.inFlight == 0)
  }

  @Test func eachServiceIsReadAgainByItselfAsItsProfileSays() async throws {
    var settings = Workspace.Settings.immediate
    settings.refreshInterval = .seconds(30)
    services.settings.refreshInterval = .seconds(45)
    let test = try await console(settings: settings)
    test.console.start()
    await test.service.clock.waitForRest(of: .seconds(30))
    try await go(test, to: ServicesUnderTest.live)
    let next = try #require(services.opened[ServicesUnderTest.live.source])
    await next.clock.waitForRest(of: .seconds(45))
    #expect(!test.service.clock.rests.contains(.seconds(30)))
    test.console.stop()
  }

  @Test func anUnansweredWriteIsSaidThereAndAtTheEnd() async throws {
    let test = try await console()
    await test.service.fail(.patch, "/cloud/3", with: .noAnswer(carriedOut: true))
    await test.press("e")
    await test.type("!")
    test.console.handle([.key(.enter)])
    await test.service.until { !test.service.context.changes.outstanding.unanswered.isEmpty }
    test.present()
    test.console.handle([.key(.escape)])
    test.present()
    try await go(test, to: ServicesUnderTest.live)
    let write = "edit cloud \"Haussmann Tower\", on staging · staging.example"
    #expect(test.console.openChanges == OutstandingChanges.Summary(unanswered: [write]))
    #expect(
      test.console.context.notices.current?.text == "Not answered, its outcome is unknown: \(write).")
  }

  @Test func whileTheKeyIsReadEscapeStaysHere() async throws {
    services.keepsKeys = true
    let test = try await console()
    await test.press(.character("P"))
    test.console.handle([.key(.down), .key(.enter)])
    #expect(!test.text.contains("Waiting for the key"))
    test.service.now += 1
    #expect(test.text.contains("Waiting for the key of live…"))
    test.console.handle([.key(.escape)])
    await test.settle()
    #expect(services.wasCancelled)
    #expect(services.opened.isEmpty)
    #expect(test.text.contains("Profiles"))
    #expect(test.console.context.service == ServicesUnderTest.staging)
  }

  @Test func aKeyThatCannotBeReadIsSaidAndTheOldServiceStays() async throws {
    services.failure = SettingsError("The file /key does not exist.")
    let test = try await console()
    await test.press(.character("P"), .down, .enter)
    #expect(test.text.contains("! The file /key does not exist."))
    await test.press(.escape)
    #expect(test.console.context.service == ServicesUnderTest.staging)
    #expect(test.text.contains("Haussmann Tower"))
  }

  @Test func nothingHoldsOnToAServiceThatWasLeft() async throws {
    let test = try await console()
    try await go(test, to: ServicesUnderTest.live)
    weak let live = test.console.workspace
    services.forget()
    try await go(test, to: .demo)
    #expect(test.console.context.service == .demo)
    #expect(live == nil)
  }
}

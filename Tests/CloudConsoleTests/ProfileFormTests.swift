import CloudAPI
import CloudChanges
import CloudProfiles
import CloudTestSupport
import CloudViewModels
import TerminalUI
import Testing

@testable import CloudConsole

/// Tests of the form for a new service.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct ProfileFormTests {
  private static let key = "k3y-that-nobody-sees"
  private let services = ServicesUnderTest()

  private func firstRun() async throws -> ConsoleUnderTest {
    let test = try await ConsoleUnderTest(
      size: Size(columns: 80, rows: 24), service: ServiceIdentity(name: "no service yet", source: .demo),
      services: services)
    var hasLeft = false
    test.console.askForService { hasLeft = true }
    test.present()
    #expect(!hasLeft)
    return test
  }

  private func fillIn(_ test: ConsoleUnderTest) async {
    await test.type("https://api.example")
    await test.press(.tab, .right, .tab)
    await test.paste(Self.key + "\n")
  }

  @Test func theKeyIsDotsAndTheNameIsTheHostsUnlessGiven() async throws {
    let test = try await firstRun()
    await fillIn(test)
    let frame = test.present()
    #expect(!frame.text().contains(Self.key))
    #expect(frame.text().contains("empty: api.example"))
    try expectRecorded(frame, as: "first-run-80x24")
  }

  @Test func aServiceThatAnswersIsKeptAndOpened() async throws {
    let test = try await firstRun()
    await fillIn(test)
    let old = test.console.context.activity
    test.console.handle([.key(.enter)])
    await old.idle()
    let expected = try Profile(
      name: "api.example", apiURL: BaseURL("https://api.example"), signIn: .apiKey(.inline(Secret(Self.key), in: nil)))
    #expect(services.probed == [expected])
    #expect(services.added == [expected])
    let next = try #require(services.opened[.profile("api.example")])
    next.watch()
    await next.idle()
    #expect(test.console.layers.isEmpty)
    #expect(test.console.context.notices.current?.text.hasPrefix("14 clouds; classic edition. Saved") == true)
    #expect(!test.text.contains(Self.key))
  }

  @Test func whatIsWrongIsSaidAndEverythingTypedStays() async throws {
    services.failure = SettingsError("The service did not accept the key (401).")
    let test = try await firstRun()
    await fillIn(test)
    await test.press(.enter)
    #expect(test.text.contains("The service did not accept the key (401)."))
    #expect(test.text.contains("https://api.example"))
    #expect(test.text.contains(String(repeating: "•", count: Self.key.count)))
    #expect(services.added.isEmpty)
    services.failure = nil
    test.console.handle([.key(.enter)])
    await test.console.context.activity.idle()
    #expect(services.probed.count == 2)
    #expect(services.probed.allSatisfy { $0.signIn.secretSource == .inline(Secret(Self.key), in: nil) })
  }

  @Test func nothingIsTriedWithoutAddressAndKey() async throws {
    let test = try await ConsoleUnderTest(service: ServicesUnderTest.staging, services: services)
    await test.start(at: 3)
    await test.press(.character("P"), .character("n"), .enter)
    #expect(test.text.contains("The address is empty"))
    #expect(test.text.contains("A key is required."))
    #expect(services.probed.isEmpty)
  }

  private func form(_ test: ConsoleUnderTest) -> FormModel? { (test.console.layers.last?.layer as? FormLayer)?.form }

  @Test(arguments: [Key.tab, .enter]) func thePublicServicesAddressIsProposedAndTaken(key: Key) async throws {
    let test = try await firstRun()
    let line = "Address   https://api.bimdata.io"
    #expect(test.line(with: line) != nil && test.line(with: "Tab or Enter takes it") != nil)
    #expect(form(test)?.values["api_url"]?.text.isEmpty != false)
    await test.press(key)
    #expect(test.line(with: line) != nil && test.line(with: "Tab or Enter takes it") == nil)
    #expect(form(test)?.values["api_url"]?.text == "https://api.bimdata.io")
    #expect(services.probed.isEmpty && test.line(with: "empty: api.bimdata.io") != nil)
    if key == .enter { #expect(test.text.contains("A key is required.")) }
  }

  @Test func typingReplacesTheProposedAddressAndNothingElseTakesIt() async throws {
    let test = try await firstRun()
    await test.press(.down, .up, .backTab, .tab)
    #expect(form(test)?.values["api_url"]?.text.isEmpty != false)
    await test.type("http://x")
    #expect(test.line(with: "Address   http://x ") != nil && !test.text.contains("bimdata"))
    await test.press(.control("u"))
    #expect(test.line(with: "Address   https://api.bimdata.io") != nil)
    var hasLeft = false
    let other = try await ConsoleUnderTest(
      service: ServiceIdentity(name: "no service yet", source: .demo), services: services)
    other.console.askForService { hasLeft = true }
    other.present()
    await other.press(.escape)
    #expect(hasLeft && other.console.layers.isEmpty)
  }

  @Test func theFormIsReachedFromTheListAndRefusesANameThatIsTaken() async throws {
    let test = try await ConsoleUnderTest(service: ServicesUnderTest.staging, services: services)
    await test.start(at: 3)
    await test.press(.character("P"), .character("n"))
    #expect(test.text.contains("New profile"))
    await fillIn(test)
    await test.press(.tab)
    await test.type("live")
    await test.press(.enter)
    #expect(test.text.contains("There is a profile “live” already."))
    #expect(services.probed.isEmpty)
  }

  @Test func theDemoIsAKeyAway() async throws {
    let test = try await firstRun()
    let old = test.console.context.activity
    test.console.handle([.key(.control("t"))])
    await old.idle()
    #expect(test.console.layers.isEmpty)
    #expect(test.console.context.service == .demo)
  }

  @Test func aFormNeverPrintsItsKey() async throws {
    let value = FormValue.secret(Secret(Self.key))
    #expect(!"\(value)".contains(Self.key))
    #expect(!String(reflecting: ["key": value]).contains(Self.key))
  }
}

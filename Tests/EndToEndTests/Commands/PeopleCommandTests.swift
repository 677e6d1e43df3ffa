import FoundationEssentials
import TerminalTestSupport
import Testing

/// Questions about people across all clouds: who is where, and what is missing from the answer.
@Suite(.story) struct PeopleReadingTests {
  struct Row: Decodable {
    let email: String?
    let cloudId: Int
    let state: String
    let onlyAdmin: Bool?
  }

  static let ada = "ada@atelier.example"
  static let adasClouds = [1, 3, 8, 10, 11, 12, 14]

  static func rows(_ result: ShellCommand.Result) throws -> [Row] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode([Row].self, from: Data(result.output.utf8))
  }

  @Test func aPersonIsFoundInAllCloudsWhateverTheCaseOfTheAddress() throws {
    let simulator = try SimulatorProcess()
    let result = try SkydeckCommand.on(simulator, "people", "find", "ADA@Atelier.example", "--exact", "-o", "json")
    #expect(result.status == .exited(0), "\(result.errors)")
    let rows = try Self.rows(result)
    #expect(rows.map(\.cloudId) == Self.adasClouds)
    #expect(rows.map { $0.onlyAdmin == true } == Self.adasClouds.map { $0 == 14 })
    #expect(try simulator.service.requests().count { $0.path.hasSuffix("/user") } == 14)
  }

  /// Invited three times, a member nowhere; one invitation has the address in another case.
  @Test func somebodyInvitedOnlyIsFoundToo() throws {
    let simulator = try SimulatorProcess()
    let result = try SkydeckCommand.on(simulator, "people", "find", "new.admin", "-o", "json")
    let rows = try Self.rows(result)
    #expect(rows.map(\.cloudId) == [3, 8, 10] && rows.allSatisfy { $0.state == "invited" })
    let invited = try Self.rows(SkydeckCommand.on(simulator, "people", "list", "--invited", "-o", "json"))
    #expect(invited.count { $0.email?.lowercased() == "new.admin@example.org" } == 3)
    #expect(invited.allSatisfy { $0.state == "invited" })
  }

  @Test func theOnlyAdministratorsAreThoseOfTheTwoCloudsThatHaveOne() throws {
    let simulator = try SimulatorProcess()
    let result = try SkydeckCommand.on(simulator, "people", "list", "--sole-admins", "-o", "json")
    #expect(result.status == .exited(0), "\(result.errors)")
    #expect(
      try Self.rows(result).map { "\($0.cloudId) \($0.email ?? "")" } == [
        "6 m.kowalska@wisla.example", "14 \(Self.ada)",
      ])
  }

  @Test func aCloudThatRefusesItsUsersIsSaidAndTheRestIsPrinted() throws {
    let simulator = try SimulatorProcess("--fault", "403:GET:/cloud/8/user")
    let result = try SkydeckCommand.on(simulator, "people", "find", Self.ada, "-o", "json")
    #expect(result.status == .exited(77), "\(result.errors)")
    #expect(try Self.rows(result).map(\.cloudId) == Self.adasClouds.filter { $0 != 8 })
    #expect(result.errors.contains("13 of 14"), "\(result.errors)")
    #expect(result.errors.contains("Harbour Lab"), "\(result.errors)")
    // Tried once more at the end, and not again.
    #expect(try simulator.service.requests().count { $0.path == "/cloud/8/user" } == 2)
  }

  @Test func nobodyIsSaidToBeNowhereBeforeAllWasRead() throws {
    let (whole, half) = (try SimulatorProcess(), try SimulatorProcess("--fault", "403:GET:/cloud/8/user"))
    let absent = try SkydeckCommand.on(whole, "people", "find", "nobody@nowhere.example")
    let unknown = try SkydeckCommand.on(half, "people", "find", "nobody@nowhere.example")
    #expect(absent.status == .exited(0), "\(absent.errors)")
    #expect(unknown.status == .exited(77), "\(unknown.errors)")
    #expect(absent.errors.contains("is in none of 14 clouds read."), "\(absent.errors)")
    #expect(unknown.errors.contains("is in none of 13 clouds read; 1 unknown."), "\(unknown.errors)")
  }

  @Test func afterA429EverythingIsReadWhenTheServiceAllowsIt() throws {
    let simulator = try SimulatorProcess("--fault", "429=1:GET:/cloud/9/user:n=1")
    let result = try SkydeckCommand.on(simulator, "people", "find", Self.ada, "-o", "json")
    #expect(result.status == .exited(0), "\(result.errors)")
    #expect(try Self.rows(result).map(\.cloudId) == Self.adasClouds)
    #expect(try simulator.service.requests().count { $0.path == "/cloud/9/user" } == 2)
  }

  @Test(arguments: ["vanish:GET:/cloud/12/user:n=1", "vanish:GET:/cloud/12/invitation:n=1"])
  func aCloudThatVanishesMeanwhileIsNotMissing(fault: String) throws {
    let simulator = try SimulatorProcess("--fault", fault)
    let result = try SkydeckCommand.on(simulator, "people", "find", Self.ada, "--exact", "-o", "json")
    #expect(result.status == .exited(0), "\(result.errors)")
    #expect(try Self.rows(result).map(\.cloudId) == Self.adasClouds.filter { $0 != 12 })
    #expect(!result.errors.contains("of 14"), "\(result.errors)")
  }

  @Test func aKeyWithoutOrgManageGivesAllUsersAndSaysThatInvitationsAreUnknown() throws {
    let simulator = try SimulatorProcess("--key", "limited:cloud:read+cloud:manage")
    let all = try SkydeckCommand.on(simulator, "people", "list", "-o", "json", key: "limited")
    #expect(all.status == .exited(77), "\(all.errors)")
    let rows = try Self.rows(all)
    #expect(rows.allSatisfy { $0.state == "member" })
    #expect(rows.count { $0.email == Self.ada } == Self.adasClouds.count)
    #expect(all.errors.contains("nvitations"), "\(all.errors)")
    let users = try SkydeckCommand.on(
      simulator, "people", "list", "--no-invitations", "-o", "json", key: "limited")
    #expect(users.status == .exited(0), "\(users.errors)")
    #expect(try Self.rows(users).count == rows.count)
  }

  /// Odd values of generated data: addresses in another case, second accounts, null roles, users without an address.
  @Test(arguments: ["classic", "current"])
  func peopleWhoAreSharedBetweenCloudsAreCountedOnce(edition: String) throws {
    let simulator = try SimulatorProcess(
      "--clouds", "40", "--users", "60", "--people", "500", "--edition", edition)
    let result = try SkydeckCommand.on(simulator, "people", "list", "--by-person", "--no-header", "-o", "tsv")
    #expect(result.status == .exited(0), "\(result.errors)")
    let service = simulator.service
    let users = try service.clouds().flatMap { try service.addresses(of: $0.id) }
    let invitations = try service.clouds().flatMap { try service.invitations(of: $0.id) }
    let addresses = Set(users.compactMap { $0?.lowercased() } + invitations.map { $0.email.lowercased() })
    #expect(result.lines.filter { !$0.isEmpty }.count == addresses.count + users.count { $0 == nil })
  }
}

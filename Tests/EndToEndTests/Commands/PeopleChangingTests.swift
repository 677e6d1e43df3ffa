import TerminalTestSupport
import Testing

/// Changes of people across all clouds: each is sent once, and each is accounted for.
@Suite(.story) struct PeopleChangingTests {
  /// User 132, a plain user of these clouds.
  private static let gudrun = "gudrun@nordlys.example"
  private static let gudrunsClouds = [1, 2, 3, 4, 6, 8, 9]
  private static let redirect = ["--redirect-uri", "https://x.example/cloud/{cloud}"]

  private static func deletions(_ simulator: SimulatorProcess) throws -> [String] {
    try simulator.service.writes().filter { $0.method == "DELETE" }.map(\.path)
  }

  @Test func somebodyIsTakenOutOfEveryCloud() throws {
    let simulator = try SimulatorProcess()
    #expect(try simulator.service.clouds(withMember: Self.gudrun) == Self.gudrunsClouds)
    let shown = try SkydeckCommand.on(
      simulator, "people", "remove", Self.gudrun, "--everywhere", "--dry-run", "-o", "json")
    #expect(shown.status == .exited(0), "\(shown.errors)")
    #expect(try simulator.service.writes().isEmpty)
    #expect(shown.output.ranges(of: "\"delete_cloud_user\"").count == Self.gudrunsClouds.count, "\(shown.output)")
    let unconfirmed = try SkydeckCommand.on(simulator, "people", "remove", Self.gudrun, "--everywhere")
    #expect(unconfirmed.status == .exited(64), "\(unconfirmed.errors)")
    #expect(try simulator.service.writes().isEmpty)

    let result = try SkydeckCommand.on(
      simulator, "people", "remove", Self.gudrun.uppercased(), "--everywhere", "--yes")
    #expect(result.status == .exited(0), "\(result.errors)")
    #expect(try simulator.service.clouds(withMember: Self.gudrun) == [])
    #expect(try Self.deletions(simulator).sorted() == Self.gudrunsClouds.map { "/cloud/\($0)/user/132" })

    // Who is nowhere is removed already.
    let again = try SkydeckCommand.on(simulator, "people", "remove", Self.gudrun, "--everywhere", "--yes")
    #expect(again.status == .exited(0), "\(again.errors)")
    #expect(try Self.deletions(simulator).count == Self.gudrunsClouds.count)
  }

  /// One cloud refuses, the answer of one is lost, and one is done by somebody else just before.
  @Test func ofAnOffboardingEachCloudIsAccountedFor() throws {
    let simulator = try SimulatorProcess(
      "--fault", "402:DELETE:/cloud/9/user/132", "--fault", "reset-after:DELETE:/cloud/3/user/132:n=1", "--fault",
      "vanish:DELETE:/cloud/4/user/132:n=1")
    let result = try SkydeckCommand.on(simulator, "people", "remove", Self.gudrun, "--everywhere", "--yes")
    #expect(result.status == .exited(1), "\(result.errors)")
    #expect(result.errors.contains("/cloud/9/user/132"), "\(result.errors)")
    #expect(try simulator.service.clouds(withMember: Self.gudrun) == [9])
    #expect(try Self.deletions(simulator).sorted() == Self.gudrunsClouds.map { "/cloud/\($0)/user/132" })
  }

  @Test func whatIsUnknownWhenTheServiceDoesNotAnswerIsSaidAndNotSentAgain() throws {
    let simulator = try SimulatorProcess("--fault", "reset-before:DELETE:/cloud/3/user/132")
    let result = try SkydeckCommand.on(
      simulator, "people", "remove", Self.gudrun, "--everywhere", "--yes", "--settle", "1")
    #expect(result.status == .exited(69), "\(result.errors)")
    #expect(result.errors.contains("outcome unknown"), "\(result.errors)")
    let sent = try Self.deletions(simulator)
    #expect(Set(sent).count == sent.count)
    // Other clouds are not held up by one that is unknown.
    #expect(sent.count == Self.gudrunsClouds.count)
    #expect(try simulator.service.clouds(withMember: Self.gudrun) == [3])
  }

  @Test func aCloudThatCouldNotBeReadLeavesTheRestToBeDoneAndSaysSo() throws {
    let simulator = try SimulatorProcess("--fault", "403:GET:/cloud/8/user")
    let result = try SkydeckCommand.on(simulator, "people", "remove", Self.gudrun, "--everywhere", "--yes")
    #expect(result.status == .exited(77), "\(result.errors)")
    #expect(result.errors.contains("13 of 14"), "\(result.errors)")
    #expect(
      try Self.deletions(simulator).sorted() == Self.gudrunsClouds.filter { $0 != 8 }.map { "/cloud/\($0)/user/132" })
  }

  @Test func invitationsAreWithdrawnWithTheAccessOrKept() throws {
    let sato = "sato.kenji@yamato.example"
    for keeps in [true, false] {
      let simulator = try SimulatorProcess()
      let members = try simulator.service.clouds(withMember: sato)
      #expect(!members.isEmpty)
      let result =
        if keeps {
          try SkydeckCommand.on(simulator, "people", "remove", sato, "--everywhere", "--yes", "--keep-invitations")
        } else {
          try SkydeckCommand.on(simulator, "people", "remove", sato, "--everywhere", "--yes")
        }
      #expect(result.status == .exited(0), "\(result.errors)")
      #expect(try simulator.service.clouds(withMember: sato) == [])
      #expect(try simulator.service.clouds(withInvitationOf: sato) == (keeps ? [8] : []))
      #expect(try Self.deletions(simulator).count == members.count + (keeps ? 0 : 1))
    }
  }

  @Test func onlyTheCloudsThatAreNamedAreReadAndChanged() throws {
    let simulator = try SimulatorProcess()
    let result = try SkydeckCommand.on(simulator, "people", "remove", Self.gudrun, "--from", "2,4", "--yes")
    #expect(result.status == .exited(0), "\(result.errors)")
    #expect(try Self.deletions(simulator).sorted() == ["/cloud/2/user/132", "/cloud/4/user/132"])
    let read = Set(
      try simulator.service.requests().filter { $0.path.hasSuffix("/user") && $0.method == "GET" }.map(\.path))
    #expect(read == ["/cloud/2/user", "/cloud/4/user"])
  }

  @Test func theLastAdministratorStaysUnlessThatIsAllowed() throws {
    let simulator = try SimulatorProcess()
    let ada = PeopleReadingTests.ada
    let refused = try SkydeckCommand.on(simulator, "people", "remove", ada, "--everywhere", "--yes")
    #expect(refused.status == .exited(1), "\(refused.errors)")
    #expect(refused.errors.contains("Sandbox"), "\(refused.errors)")
    #expect(try simulator.service.clouds(withMember: ada) == [14])
    let allowed = try SkydeckCommand.on(
      simulator, "people", "remove", ada, "--everywhere", "--yes", "--allow-no-admin")
    #expect(allowed.status == .exited(0), "\(allowed.errors)")
    #expect(try simulator.service.clouds(withMember: ada) == [])
    #expect(try Self.deletions(simulator).count == PeopleReadingTests.adasClouds.count)
  }

  /// Archive 2018 has two administrators, 160 and 164: together they are the last.
  @Test func twoWhoAreTheLastTogetherAreNotBothRemoved() throws {
    let simulator = try SimulatorProcess()
    let admins = try simulator.service.users(of: 7).filter { $0.cloudRole == 100 }.compactMap(\.email)
    #expect(admins.count == 2)
    let result = try SkydeckCommand.on(
      simulator, "people", "set-role", admins[0], admins[1], "--role", "user", "--in", "7", "--yes")
    #expect(result.status == .exited(1), "\(result.errors)")
    #expect(try simulator.service.users(of: 7).contains { $0.cloudRole == 100 })
  }

  @Test func aRoleIsGivenInEveryCloudAndWhoIsNowhereIsAnError() throws {
    let simulator = try SimulatorProcess()
    let result = try SkydeckCommand.on(
      simulator, "people", "set-role", Self.gudrun, "--role", "admin", "--everywhere", "--yes")
    #expect(result.status == .exited(0), "\(result.errors)")
    for cloud in Self.gudrunsClouds { #expect(try simulator.service.role(of: 132, in: cloud) == 100) }
    #expect(try simulator.service.writes().map(\.path).sorted() == Self.gudrunsClouds.map { "/cloud/\($0)/user/132" })
    let nobody = try SkydeckCommand.on(
      simulator, "people", "set-role", "nobody@nowhere.example", "--role", "admin", "--everywhere", "--yes")
    #expect(nobody.status == .exited(1), "\(nobody.errors)")
    #expect(try simulator.service.writes().count == Self.gudrunsClouds.count)
  }

  @Test func threePeopleAreInvitedToFiveCloudsWithOneMailEach() throws {
    let simulator = try SimulatorProcess()
    let people = ["a", "b", "c"].map { "\($0)@x.example" }
    func invite() throws -> ShellCommand.Result {
      try ShellCommand.run(
        BuiltProduct.path(of: "skydeck"),
        ["people", "invite", "-", "--to", "4,5,6,7,9", "--yes"] + Self.redirect,
        environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key],
        input: "a@x.example\nB@x.example, c@x.example\nA@X.example\n")
    }
    let result = try invite()
    #expect(result.status == .exited(0), "\(result.errors)")
    for email in people { #expect(try simulator.service.clouds(withInvitationOf: email) == [4, 5, 6, 7, 9]) }
    let sent = try simulator.service.emails()
    #expect(sent.count == 15 && sent.values.allSatisfy { $0 == 1 })
    for cloud in [4, 5, 6, 7, 9] {
      let redirects = try simulator.service.invitations(of: cloud).filter { $0.email.hasSuffix("@x.example") }
      #expect(redirects.allSatisfy { $0.redirectUri == "https://x.example/cloud/\(cloud)" })
    }
    // Who is invited already counts as done, and gets no second e-mail.
    #expect(try invite().status == .exited(0))
    #expect(try simulator.service.emails() == sent)
  }

  /// Members and people already invited are left out; one answer is lost, and one is refused.
  @Test func ofInvitationsEachIsAccountedFor() throws {
    let simulator = try SimulatorProcess(
      "--fault", "reset-after:POST:/cloud/4/invitation:n=1", "--fault", "402:POST:/cloud/6/invitation:n=1")
    let result = try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"),
      ["people", "invite", Self.gudrun, "pm@gabarit.example", "new@x.example", "--to", "3,4,6,10", "--yes"]
        + Self.redirect,
      environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key])
    #expect(result.status == .exited(1), "\(result.errors)")
    // Gudrun is in 3, 4 and 6, the project manager is invited to 3 and 10: seven are sent, and one of them is refused.
    let emails = try simulator.service.emails()
    #expect(try simulator.service.writes().count == 7)
    #expect(emails.count == 6 && emails.values.allSatisfy { $0 == 1 }, "\(emails)")
    #expect(result.errors.contains("/cloud/6/invitation"), "\(result.errors)")
  }

  @Test func oneLineThatIsNoAddressAndNothingIsSent() throws {
    let simulator = try SimulatorProcess()
    let result = try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), ["people", "invite", "-", "--to", "4", "--yes"] + Self.redirect,
      environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key],
      input: "a@x.example\nnobody\n")
    #expect(result.status == .exited(64), "\(result.errors)")
    let none = try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), ["people", "invite", "-", "--to", "4", "--yes"] + Self.redirect,
      environment: ["SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key], input: "\n")
    #expect(none.status == .exited(0), "\(none.errors)")
    #expect(try simulator.service.writes().isEmpty)
  }
}

/// Faults × changes across clouds.
@Suite(.story) struct PeopleFaultTests {
  private static let faults = [
    "latency=50", "drip=20/1", "429=0", "429=1:n=1", "500", "500-after", "502-after", "504", "401", "402", "403",
    "reset-before", "reset-after", "reset-late=1", "truncated=1", "malformed", "html", "wrong-type", "refused",
    "vanish",
  ]

  private static let changes: [[String]] = [
    ["remove", "gudrun@nordlys.example"], ["set-role", "gudrun@nordlys.example", "--role", "admin"],
    ["invite", "a@x.example", "b@x.example", "--redirect-uri", "https://x.example/{cloud}"],
  ]

  /// The option that names clouds.
  private static let places = ["remove": "--from", "set-role": "--in", "invite": "--to"]

  @Test(arguments: faults)
  func noWriteIsSentTwiceAndEachIsAccountedFor(fault: String) throws {
    for change in Self.changes {
      // Some of the clouds are struck, whichever method it is; 4 and 9 aren't.
      let (name, rest) = (
        fault.split(separator: ":")[0], fault.split(separator: ":").dropFirst().map { ":\($0)" }.joined()
      )
      let faults = [2, 8].flatMap { cloud in ["--fault", "\(name):POST,PATCH,DELETE:/cloud/\(cloud)/**\(rest)"] }
      let simulator = try SimulatorProcess(faults[0], faults[1], faults[2], faults[3])
      let place = try #require(Self.places[change[0]])
      let result = try ShellCommand.run(
        BuiltProduct.path(of: "skydeck"),
        ["people"] + change + [place, "2,4,8,9", "--yes", "--settle", "1"],
        environment: [
          "SKYDECK_API_URL": simulator.address, "SKYDECK_API_KEY": SimulatorProcess.key, "SKYDECK_EDITION": "classic",
        ])
      let context = Comment(rawValue: "\(fault) \(change): \(result.status)\n\(result.output)\(result.errors)")
      let writes = try simulator.service.writes()
      let people = change[0] == "invite" ? 2 : 1
      for cloud in [2, 4, 8, 9] {
        let own = writes.filter { $0.path.hasPrefix("/cloud/\(cloud)/") }
        // A request that provably wasn't carried out (401) may be sent again with a renewed key, but none here is.
        #expect(own.count <= people, context)
        #expect(own.count(where: \.applied) <= people, context)
      }
      #expect(try simulator.service.emails().values.allSatisfy { $0 == 1 }, context)
      let applied = writes.count(where: \.applied)
      switch result.status {
      case .exited(0): #expect(applied >= 4 * people - (name == "vanish" ? 2 * people : 0), context)
      case .exited(69): #expect(result.errors.contains("outcome unknown") || applied < 4 * people, context)
      default: #expect(applied < 4 * people, context)
      }
    }
  }
}

import TerminalTestSupport
import Testing

/// The redirect address and the role of people who are invited from the shell.
@Suite(.story) struct InvitingCommandTests {
  /// The setting, the option, and the address that is sent. The setting may have been written for another cloud.
  private static let addresses: [(String, String?, String)] = [
    ("https://x.example/cloud/{cloud}", nil, "https://x.example/cloud/3"),
    ("https://x.example/spaces/7/?tab=7", nil, "https://x.example/spaces/3/?tab=7"),
    ("https://x.example/7", nil, "https://x.example/7"),
    ("https://x.example", "https://y.example/{cloud}#{cloud}", "https://y.example/3#3"),
    ("https://x.example", "https://y.example/cloud/7", "https://y.example/cloud/7"),
  ]

  @Test(arguments: addresses)
  func theRedirectAddressNamesTheCloud(setting: String, option: String?, sent: String) throws {
    let given = option.map { ["--redirect-uri", $0] } ?? []
    let arguments = ["invitations", "send", "3", "a@x.example", "--dry-run"]
    let result = try dryRun(arguments + given, edition: "classic", ["SKYDECK_REDIRECT_URI": setting])
    #expect(
      result.output == "POST /cloud/3/invitation {\"email\":\"a@x.example\",\"redirect_uri\":\"\(sent)\"}\n",
      "\(result.errors)")
  }

  @Test func aProfileHoldsAnAddressForEveryCloud() throws {
    let folder = try TemporaryFolder()
    let environment = ["SKYDECK_CONFIG": folder.path + "/config.yaml", "KEY": "k"]
    let added = try SkydeckCommand.run(
      "profiles", "add", "p", "--api-url", "http://127.0.0.1:1", "--key-env", "KEY", "--edition", "classic",
      "--redirect-uri", "https://x.example/{cloud}", environment: environment)
    #expect(added.status == .exited(0), "\(added.errors)")
    let result = try SkydeckCommand.run(
      "invitations", "send", "12", "a@x.example", "--dry-run", environment: environment)
    #expect(result.output.contains("https://x.example/12"), "\(result.errors)")
  }

  @Test func theCurrentEditionTakesARoleAndProjects() throws {
    let shown = try dryRun(
      [
        "invitations", "send", "3", "a@x.example", "--role", "user", "--in-all-projects", "--project-role", "guest",
        "--dry-run",
      ], edition: "current")
    #expect(
      shown.output == """
        POST /cloud/3/invitation {"email":"a@x.example","in_all_projects":true,"project_role":25,\
        "redirect_uri":"https://x.example","role":50}\n
        """)
    let simulator = try SimulatorProcess("--edition", "current")
    let sent = try SkydeckCommand.on(
      simulator, "invitations", "send", "3", "a@x.example", "--redirect-uri", "https://x.example", "--in-all-projects",
      "--project-role", "50", "-o", "json")
    #expect(sent.status == .exited(0), "\(sent.errors)")
    #expect(sent.output.contains(#""role":100,"project_role":50,"in_all_projects":true"#))
  }

  @Test func whoJoinsAllProjectsNeedsARoleInThem() throws {
    let result = try dryRun(["invitations", "send", "3", "a@x.example", "--in-all-projects"], edition: "current")
    #expect(result.status == .exited(64))
    #expect(result.errors.contains("'--in-all-projects' needs '--project-role': admin, user or guest."))
  }

  @Test(arguments: [["--role", "user"], ["--project-role", "user"], ["--project-role", "user", "--in-all-projects"]])
  func theClassicEditionMakesAdministrators(options: [String]) throws {
    let result = try dryRun(["invitations", "send", "3", "a@x.example", "--dry-run"] + options, edition: "classic")
    #expect(result.status != .exited(0))
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("becomes an administrator."), "\(result.errors)")
  }

  /// Nothing listens at that address: any request fails.
  private func dryRun(_ arguments: [String], edition: String, _ environment: [String: String] = [:]) throws
    -> ShellCommand.Result
  {
    let service = [
      "SKYDECK_API_URL": "http://127.0.0.1:1", "SKYDECK_API_KEY": "key", "SKYDECK_EDITION": edition,
      "SKYDECK_REDIRECT_URI": "https://x.example",
    ]
    return try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), arguments, environment: service.merging(environment) { $1 })
  }
}

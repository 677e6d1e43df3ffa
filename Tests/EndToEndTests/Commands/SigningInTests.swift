import TerminalTestSupport
import Testing

/// Each way of signing in, over TLS with the service's own certificate; no secret is ever shown.
@Suite(.story) struct SigningInTests {
  /// A key and a client's secret that can't appear in a response by chance.
  private static let key = "k3y-0f-the-l1ve-service"
  private static let clientSecret = "s3cret-0f-the-cl1ent"

  private let folder: TemporaryFolder
  private let simulator: SimulatorProcess
  private let configuration: TemporaryFile

  init() throws {
    folder = try TemporaryFolder()
    let authorities = "\(folder.path)/ca.pem"
    simulator = try SimulatorProcess(
      "--tls", "--tls-ca-file", authorities, "--key", Self.key, "--client", "app:\(Self.clientSecret)")
    let service = "api_url: https://localhost:\(simulator.port)\n    ca_file: \(authorities)"
    configuration = try TemporaryFile(
      """
      profiles:
        bearer:
          \(service)
          key: \(Self.key)
        api-key:
          \(service)
          auth: api-key
          key_env: SERVICE_KEY
        raw:
          \(service)
          auth: raw
          key_command: [printf, "%s", \(Self.key)]
        client:
          \(service)
          auth: client-credentials
          client_id: app
          client_secret: \(Self.clientSecret)
          token_url: https://localhost:\(simulator.port)/auth/realms/bimdata/protocol/openid-connect/token
        wrong:
          \(service)
          key: not-\(Self.key)
        stranger:
          api_url: https://localhost:\(simulator.port)
          key: \(Self.key)
      """)
  }

  private func run(_ profile: String, _ arguments: [String]) throws -> ShellCommand.Result {
    try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), ["--profile", profile] + arguments,
      environment: ["SKYDECK_CONFIG": configuration.path, "SERVICE_KEY": Self.key])
  }

  @Test(arguments: ["bearer", "api-key", "raw", "client"])
  func everyCommandRunsAndItsTraceHoldsNoSecret(profile: String) throws {
    for command in EveryCommand.all {
      let result = try run(profile, ["--trace"] + command)
      #expect(result.status == .exited(0), "\(command): \(result.errors.suffix(300))")
      #expect(result.errors.contains("> Authorization: "))
      for secret in [Self.key, Self.clientSecret] {
        #expect(!(result.output + result.errors).contains(secret), "\(command)")
      }
      // A token is longer than any word in a masked trace.
      #expect(!result.errors.contains(/"access_token":"[^•]/))
    }
  }

  @Test func aWrongKeyIsNamedAndNotShown() throws {
    let result = try run("wrong", ["clouds", "list", "--trace"])
    #expect(result.status == .exited(77))
    #expect(result.errors.contains("the API key is invalid or expired"))
    #expect(!result.errors.contains(Self.key))
  }

  @Test func aCertificateOfAnUnknownAuthorityIsRefusedAndTheWayOutIsSaid() throws {
    let result = try run("stranger", ["clouds", "create", "--name", "N"])
    #expect(result.status == .exited(69))
    #expect(result.errors.contains("ca_file"))
  }

  @Test func aTokenThatWasTakenBackIsRenewedAndTheWriteSentAgainOnce() throws {
    let plain = try SimulatorProcess(
      "--client", "app:\(Self.clientSecret)", "--fault", "revoke:POST:/cloud:n=1")
    let configuration = try TemporaryFile(
      """
      profiles:
        client:
          api_url: \(plain.address)
          auth: client-credentials
          client_id: app
          client_secret: \(Self.clientSecret)
          token_url: \(plain.address)/auth/realms/bimdata/protocol/openid-connect/token
      """)
    let result = try ShellCommand.run(
      BuiltProduct.path(of: "skydeck"), ["--profile", "client", "-v", "clouds", "create", "--name", "Twice asked"],
      environment: ["SKYDECK_CONFIG": configuration.path])
    #expect(result.status == .exited(0), "\(result.errors)")
    let posts = try plain.service.requests().filter { $0.method == "POST" && $0.path == "/cloud" }
    #expect(posts.map(\.status) == [401, 201])
    #expect(try plain.service.clouds().count { $0.name == "Twice asked" } == 1)
  }
}

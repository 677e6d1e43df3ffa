import CloudAPI
import Testing

/// Whatever a service does with the secrets that it receives, the client never reveals one.
@Suite(.timeLimit(.minutes(5))) struct RedactionTests {
  private static let secret = "s3cr3t/of\"the<client&>\\end=?s3cr3t@s3cr3t"

  /// Parts of the secrets that are recognizable in every encoding.
  private static let marks = ["s3cr3t", "t0k3n"]

  enum SignIn: CaseIterable {
    case bearer, apiKey, raw, clientCredentials

    func credential(_ secret: Secret) throws -> Credential {
      switch self {
      case .bearer: .fixed(.bearer(secret))
      case .apiKey: .fixed(.apiKey(secret))
      case .raw: .fixed(.raw(secret))
      case .clientCredentials: try .clientCredentials(secret: secret.revealed)
      }
    }
  }

  @Test(arguments: SignIn.allCases, EchoingService.Manner.allCases)
  func noSecretComesOutOfAClient(signIn: SignIn, manner: EchoingService.Manner) async throws {
    let (log, traces, secrets) = (EventLog(), TraceLog(), KnownSecrets())
    var said = ""
    for edition in EditionSetting.allCases {
      var configuration = CloudAPIClient.Configuration(
        baseURL: try BaseURL("https://api.example.com"), credential: try signIn.credential(Secret(Self.secret)))
      configuration.edition = edition
      configuration.retry = RetryPolicy(attempts: 2, baseDelay: .zero, maximumDelay: .zero)
      let client = CloudAPIClient(
        configuration: configuration,
        transport: TracingTransport(EchoingService(manner), secrets: secrets, trace: traces.add),
        clock: SkippingClock(upTo: .zero), observer: log.observer, secrets: secrets)
      for operation in Operation.allCases {
        do {
          try await operation.use(client)
        } catch {
          let error = try #require(error as? CloudAPIError)
          said += "\(error) \(error.code) \(error.message) \(error.advice ?? "") "
          dump(error, to: &said)
        }
      }
      said += "\(client) \(client.configuration) \(String(reflecting: client)) \(secrets)"
      dump(client, to: &said)
    }
    said += "\(log.events)"
    dump(log.events, to: &said)
    dump(traces.all, to: &said)
    for trace in traces.all { said += "\(trace.request)\(trace.response ?? "")\(trace.failure ?? "")" }

    #expect(!traces.all.isEmpty)
    #expect(said.contains("•••"))
    for mark in Self.marks {
      let range = said.firstRange(of: mark)
      let near = range.map { String(said[..<$0.upperBound].suffix(220)).replacing("\n", with: "⏎") } ?? ""
      #expect(range == nil, "\(near)")
    }
  }

  @Test func manyTokensAreAllKnown() {
    let secrets = KnownSecrets([Secret("the-clients-own-secret")])
    for number in 100..<200 { secrets.insert(Secret("t0k3n-number-\(number)"), isToken: true) }
    #expect(secrets.masked(in: "the-clients-own-secret t0k3n-number-199 t0k3n-number-136") == "••• ••• •••")
  }

  @Test func theLongerOfTwoSecretsIsMaskedWhole() {
    let secrets = KnownSecrets([Secret("abcdefgh"), Secret("abcdefghijkl"), Secret("short")])
    #expect(secrets.masked(in: "abcdefghijklm abcdefghi short") == "•••m •••i short")
  }

  @Test func aSecretIsFoundAlsoBeforeACombiningMark() {
    let secrets = KnownSecrets([Secret("abcdefgh")])
    #expect(!secrets.masked(in: "x abcdefgh\u{301} y").contains("abcdefg"))
  }
}

import CloudAPI
import CloudChanges
import CloudProfiles
import CloudSimulator
import FoundationEssentials

/// The service that a command talks to.
struct CommandConnection: Sendable {
  /// ``runner(_:reads:)`` alone writes.
  let client: CloudReader
  /// Whether nothing may be written.
  let isReadOnly: Bool
  /// How many requests are sent at once where many are to be sent.
  let concurrency: Int
  /// Where invited people land unless the command says.
  let redirectURI: String?
  /// Whether every deletion is confirmed by typing what it is about.
  let confirmsByTyping: Bool
  /// Makes what sends changes: nothing else here holds the client that writes.
  private let makeRunner: @MainActor @Sendable (Activity, _ reads: Bool) -> ChangeRunner

  /// - Throws: `CommandFailure.configuration` where the settings can't be used.
  init(
    _ options: ServiceOptions, environment: [String: String], lines: RequestLines
  ) async throws(CommandFailure) {
    let secrets = KnownSecrets()
    do throws(SettingsError) {
      let settings: ConnectionOptions
      let writer: CloudAPIClient
      if options.demo {
        settings = try .demo(options.connection, environment: environment)
        writer = try Self.demo(settings, lines: lines, secrets: secrets)
      } else {
        let configuration = try options.configuration(environment: environment)
        let connection = try Connection(options.connection, environment: environment, configuration: configuration)
        settings = connection.options
        writer = CloudAPIClient(
          configuration: try await connection.clientConfiguration(),
          transport: lines.traced(
            HTTPTransport(configuration: try connection.transportConfiguration()), secrets: secrets),
          observer: lines.observer, memory: connection.editionMemory, secrets: secrets)
      }
      concurrency = settings.concurrency.value
      redirectURI = settings.redirectURI.value
      confirmsByTyping = settings.label.value != nil
      client = CloudReader(writer)
      isReadOnly = writer.configuration.isReadOnly
      makeRunner = { activity, reads in
        ChangeRunner(client: writer, activity: activity, clock: ContinuousClock(), reads: reads, now: { Date() })
      }
    } catch {
      throw .configuration(error.line)
    }
  }

  /// Sends changes, on that activity.
  ///
  /// - Parameter reads: whether what became of a change whose reply was lost is to be found out.
  @MainActor
  func runner(_ activity: Activity, reads: Bool) -> ChangeRunner {
    makeRunner(activity, reads)
  }

  private static func demo(
    _ settings: ConnectionOptions, lines: RequestLines, secrets: KnownSecrets
  ) throws(SettingsError) -> CloudAPIClient {
    let url: BaseURL
    do throws(BaseURLError) {
      url = try BaseURL("http://localhost")
    } catch {
      throw SettingsError(error.message)
    }
    var configuration = CloudAPIClient.Configuration(baseURL: url, authorization: .bearer(Secret("demo")))
    configuration.isReadOnly = settings.isReadOnly.value
    return CloudAPIClient(
      configuration: configuration,
      transport: lines.traced(SimulatorTransport(Simulator(data: .demo)), secrets: secrets), observer: lines.observer,
      secrets: secrets)
  }
}

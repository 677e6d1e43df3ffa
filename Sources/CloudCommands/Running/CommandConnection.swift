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
  init(_ session: SettingsSession) async throws(CommandFailure) {
    let environment = session.environment
    let (options, variables) = (session.service, session.environment.variables)
    do throws(SettingsError) {
      let settings: ConnectionOptions
      let configuration: CloudAPIClient.Configuration
      let transport: any Transport
      var memory = EditionMemory.none
      if options.demo {
        settings = try .demo(options.connection, environment: variables)
        configuration = try Self.demo(settings)
        transport = SimulatorTransport(Simulator(data: .demo, now: environment.now), clock: environment.clock)
      } else {
        let file = try options.configuration(environment: variables)
        let connection = try Connection(options.connection, environment: variables, configuration: file)
        settings = connection.options
        configuration = try await connection.clientConfiguration()
        transport = environment.transport(try connection.transportConfiguration())
        memory = connection.editionMemory
      }
      let writer = session.client(configuration, transport, memory: memory)
      concurrency = settings.concurrency.value
      redirectURI = settings.redirectURI.value
      confirmsByTyping = settings.label.value != nil
      client = CloudReader(writer)
      isReadOnly = writer.configuration.isReadOnly
      makeRunner = { activity, reads in
        ChangeRunner(
          client: writer, activity: activity, clock: environment.clock, reads: reads, now: { environment.now() })
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

  private static func demo(_ settings: ConnectionOptions) throws(SettingsError) -> CloudAPIClient.Configuration {
    do throws(BaseURLError) {
      var configuration = CloudAPIClient.Configuration(
        baseURL: try BaseURL("http://localhost"), authorization: .bearer(Secret("demo")))
      configuration.isReadOnly = settings.isReadOnly.value
      return configuration
    } catch {
      throw SettingsError(error.message)
    }
  }
}

extension SettingsSession {
  /// A client that says its requests where that was asked for.
  func client(
    _ configuration: CloudAPIClient.Configuration, _ transport: any Transport, memory: EditionMemory = .none
  ) -> CloudAPIClient {
    let secrets = KnownSecrets()
    return CloudAPIClient(
      configuration: configuration, transport: lines.traced(transport, secrets: secrets), clock: environment.clock,
      observer: lines.observer, now: environment.now, memory: memory, secrets: secrets)
  }
}

import CloudAPI
import CloudChanges
import CloudProfiles
import CloudSimulator
import FoundationEssentials

/// The connection of a command to its service.
struct CommandConnection: Sendable {
  /// Reads only; ``runner(_:reads:)`` writes.
  let client: CloudReader
  /// Whether writes are forbidden.
  let isReadOnly: Bool
  /// The most requests in flight.
  let concurrency: Int
  /// The redirect address for invitations, unless the command states one.
  let redirectURI: String?
  /// Whether every deletion must be confirmed by typing what is deleted.
  let confirmsByTyping: Bool
  /// The e-mail address of the user of skydeck; `nil` if the settings don't say.
  let me: String?
  /// Creates the runner, which alone holds the client that writes.
  private let makeRunner: @MainActor @Sendable (Activity, _ reads: Bool) -> ChangeRunner

  /// - Throws: `CommandFailure.configuration` if the settings can't be used.
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
      me = settings.me.value
      client = CloudReader(writer)
      isReadOnly = writer.configuration.isReadOnly
      let (concurrency, me) = (concurrency, me)
      makeRunner = { activity, reads in
        ChangeRunner(
          client: writer, activity: activity, clock: environment.clock, reads: reads, lanesAtOnce: concurrency, me: me,
          now: { environment.now() })
      }
    } catch {
      throw .configuration(error.line)
    }
  }

  /// Creates a runner that sends changes on the given activity.
  ///
  /// - Parameter reads: whether to find out by reading if a change was applied whose response was lost.
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
  /// A client that only reads.
  func reader(_ configuration: CloudAPIClient.Configuration, _ transport: any Transport) -> CloudReader {
    CloudReader(client(configuration, transport))
  }

  /// A client that prints its requests if `--verbose` or `--trace` is given. It can write, so only runners get it.
  fileprivate func client(
    _ configuration: CloudAPIClient.Configuration, _ transport: any Transport, memory: EditionMemory = .none
  ) -> CloudAPIClient {
    let secrets = KnownSecrets()
    return CloudAPIClient(
      configuration: configuration, transport: lines.traced(transport, secrets: secrets), clock: environment.clock,
      observer: lines.observer, now: environment.now, memory: memory, secrets: secrets)
  }
}

import CloudAPI
import CloudChanges
import CloudCommands
import CloudConsole
import CloudProfiles
import CloudViewModels
import Logging

/// The services that arguments, environment and configuration file define.
@MainActor
final class ConfiguredServices: ServiceDirectory {
  private let arguments: ServiceArguments
  private let environment: [String: String]
  private let clock: TimerClock
  private let logger: Logger?
  /// The variables named by any settings since the start.
  private var secretVariables = SecretVariables()

  init(_ arguments: ServiceArguments, environment: [String: String], clock: TimerClock, logger: Logger?) {
    self.arguments = arguments
    self.environment = environment
    self.clock = clock
    self.logger = logger
  }

  /// The environment for other programs: without secrets, including those of profiles added meanwhile.
  var environmentOfPrograms: [String: String] {
    if let configuration = try? arguments.configuration(environment: environment) {
      secretVariables.formUnion(SecretVariables(configuration))
    }
    return secretVariables.removed(from: environment)
  }

  /// The profiles in the order of their file, then the service of the environment, then the demo.
  func offers() throws(SettingsError) -> [ServiceOffer] {
    let configuration = try arguments.configuration(environment: environment)
    var offers: [ServiceOffer] = []
    for profile in configuration.profiles { offers.append(try offer(.profile(profile.name), configuration)) }
    // The environment is only offered if it names a service other than the profiles in the list.
    let environment = try? offer(.environment(address: arguments.connection.apiURL), configuration)
    if let environment, environment.identity.profile == nil { offers.append(environment) }
    return offers + [try offer(.demo, configuration)]
  }

  func open(_ source: ServiceIdentity.Source) async throws(SettingsError) -> Workspace {
    let settings = try Settings(arguments.choosing(source), environment: environment)
    return workspace(settings, try await ServiceClient(settings.service))
  }

  func probe(_ profile: Profile) async throws(SettingsError) -> ServiceFinding {
    let configuration = try arguments.configuration(environment: environment)
    let connection = try Connection(profile, environment: environment, configuration: configuration)
    // Without retries: the user is waiting, and can try again.
    let service = try await ServiceClient(.remote(connection), retry: .none)
    let client = CloudReader(service.client(clock: clock) { [logger] event in logger?.record(event) })
    do throws(CloudAPIError) {
      let clouds = try await client.read(.getClouds)
      return ServiceFinding(clouds: clouds.count, edition: try await client.resolvedEdition())
    } catch {
      throw SettingsError(error.sentence)
    }
  }

  /// Runs off the main actor, because it may wait for other programs that change the file.
  nonisolated func add(_ profile: Profile, isDefault: Bool) async throws(SettingsError) -> String {
    guard let file else { throw SettingsError("There is no folder for a configuration file: set HOME.") }
    try ProfileStore(file).add(profile, isDefault: isDefault)
    return file.path
  }

  /// The configuration file; `nil` if nothing tells where it could be.
  nonisolated var file: ConfigurationFile? { ConfigurationFile(option: arguments.config, environment: environment) }

  /// An empty workspace, shown behind the form that asks for a service.
  func nowhere() async throws(SettingsError) -> Workspace {
    var settings = try Settings(arguments.choosing(.demo), environment: environment)
    settings.identity.name = "no service yet"
    return workspace(settings, try await ServiceClient(settings.service))
  }

  /// Creates the workspace of a service.
  func workspace(_ settings: Settings, _ service: ServiceClient) -> Workspace {
    secretVariables.formUnion(settings.secretVariables)
    let activity = Activity(clock: clock)
    let requests = RequestLog(activity: activity)
    let observer = requests.observer
    let record: RequestObserver = { [logger] event in
      observer(event)
      logger?.record(event)
    }
    let client = service.client(clock: clock, observer: record, traced: requests.traced)
    let context = ModelContext(
      client: client, service: settings.identity, activity: activity, clock: clock,
      cloudsAtOnce: settings.workspace.sizesAtOnce)
    return Workspace(context: context, requests: requests, settings: settings.workspace)
  }

  private func offer(
    _ source: ServiceIdentity.Source, _ configuration: Configuration
  ) throws(SettingsError) -> ServiceOffer {
    let options = arguments.choosing(source)
    guard !options.demo else {
      return ServiceOffer(
        identity: .demo(isReadOnly: options.connection.isReadOnly), address: "sample clouds, in memory")
    }
    let connection = try Connection(options.connection, environment: environment, configuration: configuration)
    return ServiceOffer(
      identity: ServiceIdentity(connection, address: options.connection.apiURL),
      address: connection.apiURL.value.description)
  }
}

extension ServiceArguments {
  /// A copy with another service.
  fileprivate func choosing(_ source: ServiceIdentity.Source) -> ServiceArguments {
    var options = self
    options.demo = false
    options.connection.profile = nil
    options.connection.apiURL = nil
    switch source {
    case .demo: options.demo = true
    case .profile(let name): options.connection.profile = name
    case .environment(let address):
      options.connection.apiURL = address
      // If an address is given, a profile may supply the other settings.
      if address != nil { options.connection.profile = connection.profile }
    }
    return options
  }
}

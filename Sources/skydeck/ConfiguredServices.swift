import CloudAPI
import CloudChanges
import CloudCommands
import CloudConsole
import CloudProfiles
import CloudViewModels
import Logging

/// The services that arguments, environment and configuration file name.
@MainActor
final class ConfiguredServices: ServiceDirectory {
  private let arguments: ServiceArguments
  private let environment: [String: String]
  private let clock: TimerClock
  private let logger: Logger?
  /// Those that any settings named since the start.
  private var secretVariables = SecretVariables()

  init(_ arguments: ServiceArguments, environment: [String: String], clock: TimerClock, logger: Logger?) {
    self.arguments = arguments
    self.environment = environment
    self.clock = clock
    self.logger = logger
  }

  /// What other programs see of the environment: no secrets, also none of profiles that were added meanwhile.
  var environmentOfPrograms: [String: String] {
    if let configuration = try? arguments.configuration(environment: environment) {
      secretVariables.formUnion(SecretVariables(configuration))
    }
    return secretVariables.removed(from: environment)
  }

  /// The profiles in the order of their file, then what the environment names, then the demo.
  func offers() throws(SettingsError) -> [ServiceOffer] {
    let configuration = try arguments.configuration(environment: environment)
    var offers: [ServiceOffer] = []
    for profile in configuration.profiles { offers.append(try offer(.profile(profile.name), configuration)) }
    // No choice where the environment names none, or a profile that is in the list already.
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
    // Once: the person is waiting, and can try again.
    let client = try await ServiceClient(.remote(connection), retry: .none).client(clock: clock) { [logger] event in
      logger?.record(event)
    }
    do throws(CloudAPIError) {
      let clouds = try await client.getClouds()
      return ServiceFinding(clouds: clouds.count, edition: try await client.resolvedEdition())
    } catch {
      throw SettingsError(error.sentence)
    }
  }

  /// Off the main actor, because others that change the file are waited for.
  nonisolated func add(_ profile: Profile, isDefault: Bool) async throws(SettingsError) -> String {
    guard let file else { throw SettingsError("There is no place for a configuration file: set HOME.") }
    try ProfileStore(file).add(profile, isDefault: isDefault)
    return file.path
  }

  /// The configuration file; `nil` where nothing says where it could be.
  nonisolated var file: ConfigurationFile? { ConfigurationFile(option: arguments.config, environment: environment) }

  /// What is shown behind the form that asks for a service: none.
  func nowhere() async throws(SettingsError) -> Workspace {
    var settings = try Settings(arguments.choosing(.demo), environment: environment)
    settings.identity.name = "no service yet"
    return workspace(settings, try await ServiceClient(settings.service))
  }

  /// Makes what shows a service.
  func workspace(_ settings: Settings, _ service: ServiceClient) -> Workspace {
    secretVariables.formUnion(settings.secretVariables)
    let activity = Activity(clock: clock)
    let requests = RequestLog(activity: activity)
    let observer = requests.observer
    let client = service.client(clock: clock) { [logger] event in
      observer(event)
      logger?.record(event)
    }
    let context = ModelContext(client: client, service: settings.identity, activity: activity, clock: clock)
    return Workspace(context: context, requests: requests, settings: settings.workspace)
  }

  private func offer(
    _ source: ServiceIdentity.Source, _ configuration: Configuration
  ) throws(SettingsError) -> ServiceOffer {
    let options = arguments.choosing(source)
    guard !options.demo else {
      return ServiceOffer(
        identity: .demo(isReadOnly: options.connection.isReadOnly), address: "invented clouds, from memory")
    }
    let connection = try Connection(options.connection, environment: environment, configuration: configuration)
    return ServiceOffer(
      identity: ServiceIdentity(connection, address: options.connection.apiURL),
      address: connection.apiURL.value.description)
  }
}

extension ServiceArguments {
  /// The same with another service.
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
      // With an address of its own, a profile may give the rest.
      if address != nil { options.connection.profile = connection.profile }
    }
    return options
  }
}

import CloudAPI
import CloudChanges
import CloudCommands
import CloudProfiles
import CloudViewModels

/// The checked settings of arguments, environment and configuration file.
struct Settings {
  /// The service that is shown.
  enum Service {
    case demo(ConnectionOptions)
    case remote(Connection)
  }

  let service: Service
  var workspace = Workspace.Settings()
  var identity: ServiceIdentity
  let appearance: Appearance
  let secretVariables: SecretVariables

  init(_ arguments: ServiceArguments, environment: [String: String]) throws(SettingsError) {
    let configuration: Configuration
    do throws(SettingsError) {
      let file = try arguments.configuration(environment: environment)
      appearance = try Appearance(file, environment: environment)
      configuration = file
    } catch {
      // The demo needs no configuration: it works whatever the file contains.
      guard arguments.demo else { throw error }
      appearance = try Appearance(.empty, environment: environment)
      configuration = .empty
    }
    secretVariables = SecretVariables(configuration)
    let options: ConnectionOptions
    if arguments.demo {
      options = try .demo(arguments.connection, environment: environment)
      service = .demo(options)
      identity = .demo(isReadOnly: options.isReadOnly.value, me: options.me.value)
    } else {
      let connection = try Connection(arguments.connection, environment: environment, configuration: configuration)
      options = connection.options
      service = .remote(connection)
      identity = ServiceIdentity(connection, address: arguments.connection.apiURL)
    }
    workspace.redirectURI = options.redirectURI.value
    workspace.isLowBandwidth = options.isLowBandwidth.value
    workspace.sizesAtOnce = options.concurrency.value
    workspace.refreshInterval = (options.refresh.value ?? configuration.console.refresh).interval
  }
}

extension ServiceIdentity {
  /// The demo's invented clouds, from memory.
  static func demo(isReadOnly: Bool, me: String? = nil) -> ServiceIdentity {
    ServiceIdentity(name: "Demo (simulated)", source: .demo, isReadOnly: isReadOnly, me: me)
  }

  /// - Parameter address: the address in the arguments; `nil` if there is none.
  init(_ connection: Connection, address: String?) {
    let url = connection.apiURL.value
    let source: Source =
      if let profile = connection.profile, address == nil { .profile(profile) } else { .environment(address: address) }
    let host = url.port.map { "\(url.host):\($0)" } ?? url.host
    var name = host
    if case .profile(let profile) = source { name = "\(profile) · \(host)" }
    self.init(
      name: name, source: source, label: connection.options.label.value,
      colour: connection.options.colour.value.flatMap { LabelColour(rawValue: $0.rawValue) },
      isReadOnly: connection.options.isReadOnly.value, me: connection.options.me.value)
  }
}

import CloudAPI
import CloudProfiles
import CloudViewModels

/// Prints the profiles of the configuration file.
struct ProfileListing {
  func run(in session: SettingsSession) throws(CommandFailure) {
    let printer = try RowPrinter(
      [
        .init(id: "name", kind: .name), .init(id: "api_url"), .init(id: "edition", leaves: 2),
        .init(id: "auth", leaves: 1), .init(id: "label", leaves: 4), .init(id: "read_only", leaves: 3),
        .init(id: "default", leaves: 5),
      ], session)
    let configuration = try session.configuration()
    if configuration.profiles.isEmpty, session.format == .table {
      let path = try session.file().path
      let place = configuration.path == nil ? "There is no file \(path)." : "\(path) holds no profile."
      session.errors.line("\(place) Make a profile: skydeck profiles add NAME --api-url URL")
      return
    }
    printer.print(
      configuration.profiles.map { profile in
        [
          .text(profile.name), .text(profile.apiURL.description),
          .text((profile.edition ?? .auto).rawValue), .text(profile.signIn.method.rawValue), .init(profile.label),
          .flag(profile.isReadOnly), .flag(profile.name == configuration.defaultProfile),
        ]
      })
  }
}

/// Prints every setting of a service with its source.
struct ProfileReport {
  /// The name of the profile; `nil` for the service in use.
  let name: String?

  func run(in session: SettingsSession) throws(CommandFailure) {
    let printer = try RowPrinter([.init(id: "setting"), .init(id: "value"), .init(id: "source")], session)
    let connection = try session.connection(named: name)
    if session.format == .table, session.options.columns == nil {
      return session.output.write(connection.reportText)
    }
    printer.print(connection.report.map { [.text($0.name), .text($0.value), .text($0.origin.description)] })
  }
}

extension SettingsSession {
  /// The connection of the named profile; without a name, that of the service in use.
  func connection(named name: String?) throws(CommandFailure) -> Connection {
    if let name, let other = service.profile, other != name {
      throw .usage("Which profile, \(name) or \(other)? Omit --profile.")
    }
    guard !service.demo else { throw .usage("The demo has no settings: remove --demo.") }
    var arguments = service.connection
    if let name { arguments.profile = name }
    let configuration = try configuration()
    return try configuring { () throws(SettingsError) in
      try Connection(arguments, environment: environment.variables, configuration: configuration)
    }
  }
}

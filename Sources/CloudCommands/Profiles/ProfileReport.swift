import CloudProfiles

/// Prints every setting of a service with its source.
struct ProfileReport {
  /// `nil` for the service in use.
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
  /// What is set of a profile; of the service in use where none is named.
  func connection(named name: String?) throws(CommandFailure) -> Connection {
    if let name, let other = service.profile, other != name {
      throw .usage("Which profile, \(name) or \(other)? Leave --profile away.")
    }
    guard !service.demo else { throw .usage("The demo has no settings: leave --demo away.") }
    var arguments = service.connection
    if let name { arguments.profile = name }
    let configuration = try configuration()
    return try configuring { () throws(SettingsError) in
      try Connection(arguments, environment: environment.variables, configuration: configuration)
    }
  }
}

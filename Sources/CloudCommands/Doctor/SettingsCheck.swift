import CloudProfiles

/// What is set, and what says so.
struct SettingsCheck {
  let findings: [Finding]
  let connection: Connection?

  init(_ arguments: ConnectionArguments, environment: [String: String], _ configuration: Configuration) {
    do throws(SettingsError) {
      let connection = try Connection(arguments, environment: environment, configuration: configuration)
      self.connection = connection
      findings = connection.report.map { .ok($0.name, "\($0.value) (\($0.origin))") }
    } catch {
      connection = nil
      findings = [.failure("settings", error.line, advice: nil, .configuration)]
    }
  }
}

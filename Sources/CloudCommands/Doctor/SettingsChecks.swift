import CloudAPI
import CloudProfiles

#if canImport(Glibc)
  import Glibc
#endif

/// Whether the configuration file exists, belongs to the user and can be read.
struct ConfigurationCheck {
  let finding: Finding
  /// `nil` if it can't be used.
  let configuration: Configuration?

  private static let name = "configuration"

  init(options: ServiceOptions, environment: [String: String]) {
    do throws(SettingsError) {
      let configuration = try options.configuration(environment: environment)
      self.configuration = configuration
      finding = Self.finding(configuration, ConfigurationFile(option: options.config, environment: environment))
    } catch {
      configuration = nil
      finding = .failure(
        Self.name, error.line, advice: "Correct the file, or name another with --config.", .configuration)
    }
  }

  private static func finding(_ configuration: Configuration, _ file: ConfigurationFile?) -> Finding {
    guard let path = configuration.path else {
      return .ok(name, file.map { "There is no file \($0.path), and none is required." } ?? "HOME is not set: no file.")
    }
    var status = stat()
    let rights = stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    let count = configuration.profiles.count
    let text = "\(path): \(count) \(count == 1 ? "profile" : "profiles"), mode \(String(rights, radix: 8))."
    guard let weakness = file?.weakness else { return .ok(name, text) }
    return .warning(
      name, text + " Others can change where keys go, so that no key_command is run.",
      advice: weakness.prefix(1).uppercased() + weakness.dropFirst())
  }
}

/// The settings in effect, with their sources.
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

/// Whether the key can be read from its source.
struct SecretCheck {
  let finding: Finding
  let configuration: CloudAPIClient.Configuration?

  init(_ connection: Connection) async {
    let source = connection.signIn.value.secretSource
    let name = connection.signIn.value.method == .clientCredentials ? "secret" : "key source"
    // A program that prints the key has its own limit of ten seconds, with a better message.
    let result = await StepLimit.value(within: .seconds(12)) {
      () -> Result<CloudAPIClient.Configuration, SettingsError> in
      do throws(SettingsError) {
        return .success(try await connection.clientConfiguration())
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let configuration):
      self.configuration = configuration
      finding = .ok(name, "It can be read, \(source).")
    case .failure(let error):
      configuration = nil
      finding = .failure(name, error.line, advice: nil, .configuration)
    case nil:
      configuration = nil
      finding = .failure(
        name, "It could not be read in 12 seconds.", advice: "Check why the command that prints it takes so long.",
        .configuration)
    }
  }
}

import CloudProfiles
import CoreFoundation

#if canImport(Glibc)
  import Glibc
#endif

/// Whether the configuration file is there, is one's own and can be read.
struct ConfigurationCheck {
  let finding: Finding
  /// `nil` where it can't be used.
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
      return .ok(name, file.map { "There is no file \($0.path), and none is needed." } ?? "HOME is not set: no file.")
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

import CloudCommands
import CloudProfiles
import CloudViewModels

#if canImport(Glibc)
  import Glibc
#endif

/// What the console begins with: a service, or where nothing says which, the question.
@MainActor
struct Opening {
  let workspace: Workspace
  let appearance: Appearance
  /// That nothing says which service, where a person can be asked and the answer be kept.
  let missing: SettingsError?

  init(
    _ arguments: ServiceArguments, _ look: AppearanceArguments, _ services: ConfiguredServices,
    environment: [String: String]
  ) async throws(SettingsError) {
    do throws(SettingsError) {
      let settings = try Settings(arguments, environment: environment)
      let client = try await ServiceClient(settings.service)
      appearance = settings.appearance.with(look)
      workspace = services.workspace(settings, client)
      missing = nil
    } catch {
      guard error.kind == .nothingSet, services.file != nil, isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1
      else { throw error }
      let configuration = try arguments.configuration(environment: environment)
      appearance = try Appearance(configuration, environment: environment).with(look)
      workspace = try await services.nowhere()
      missing = error
    }
  }
}

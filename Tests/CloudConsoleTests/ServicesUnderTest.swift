import CloudAPI
import CloudChanges
import CloudConsole
import CloudProfiles
import CloudTestSupport
import CloudViewModels

/// Services to switch to, each with its own simulator; the test can hold back their key.
@MainActor
final class ServicesUnderTest: ServiceDirectory {
  static let staging = ServiceIdentity(
    name: "staging · staging.example", source: .profile("staging"), label: "STAGING", colour: .yellow)
  static let live = ServiceIdentity(
    name: "live · live.example", source: .profile("live"), label: "PRODUCTION", colour: .red, isReadOnly: true)

  private(set) var opened: [ServiceIdentity.Source: WorkspaceUnderTest] = [:]
  /// The settings of the services opened next.
  var settings = Workspace.Settings.immediate
  /// The error for the next service that is opened.
  var failure: SettingsError?
  /// Whether a key is supplied only after `handOut()`, unless opening is cancelled.
  var keepsKeys = false
  private(set) var wasCancelled = false
  private var waiting: CheckedContinuation<Void, Never>?

  func offers() throws(SettingsError) -> [ServiceOffer] {
    [
      ServiceOffer(identity: Self.staging, address: "https://staging.example"),
      ServiceOffer(identity: Self.live, address: "https://live.example/api"),
      ServiceOffer(identity: .demo, address: "sample clouds, in memory"),
    ]
  }

  func open(_ source: ServiceIdentity.Source) async throws(SettingsError) -> Workspace {
    if keepsKeys {
      await withTaskCancellationHandler {
        await withCheckedContinuation { waiting = $0 }
      } onCancel: {
        Task { @MainActor in
          wasCancelled = true
          handOut()
        }
      }
    }
    if Task.isCancelled { throw SettingsError("It was cancelled.") }
    if let failure { throw failure }
    let identity = try offers().first { $0.identity.source == source }?.identity ?? .demo
    guard let service = try? await WorkspaceUnderTest(service: identity, settings: settings) else {
      throw SettingsError("No service.")
    }
    opened[source] = service
    return service.workspace
  }

  /// The profiles that were tried.
  private(set) var probed: [Profile] = []
  private(set) var added: [Profile] = []

  func probe(_ profile: Profile) async throws(SettingsError) -> ServiceFinding {
    probed.append(profile)
    if let failure { throw failure }
    return ServiceFinding(clouds: 14, edition: .classic)
  }

  func add(_ profile: Profile, isDefault: Bool) throws(SettingsError) -> String {
    added.append(profile)
    return "/home/ada/.config/skydeck/config.yaml"
  }

  /// Releases all opened services.
  func forget() {
    opened = [:]
  }

  func handOut() {
    waiting?.resume()
    waiting = nil
  }
}

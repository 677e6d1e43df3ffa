public import CloudAPI
import CloudChanges
public import CloudProfiles
public import CloudViewModels

/// The services that the user can switch to.
@MainActor
public protocol ServiceDirectory: AnyObject {
  /// The available services, in the order shown.
  ///
  /// - Throws: `SettingsError` if the settings can't be read.
  func offers() throws(SettingsError) -> [ServiceOffer]
  /// Makes the workspace of a service from freshly read settings, without sending a request.
  ///
  /// - Throws: `SettingsError`, also if the key can't be read. Cancellation ends a program that supplies the key.
  func open(_ source: ServiceIdentity.Source) async throws(SettingsError) -> Workspace
  /// Reads the clouds of a service that is not saved yet. Cancellation ends the request.
  ///
  /// - Throws: `SettingsError` with the reason why they can't be read, never with the key.
  func probe(_ profile: Profile) async throws(SettingsError) -> ServiceFinding
  /// Saves a profile in a file that only the user can read. Cancellation ends a wait for other writers of the file.
  ///
  /// - Returns: the path of the file.
  func add(_ profile: Profile, isDefault: Bool) async throws(SettingsError) -> String
}

/// The result of testing a service.
public struct ServiceFinding: Hashable, Sendable {
  public let clouds: Int
  /// The edition; `nil` if it is unknown.
  public let edition: Edition?

  public init(clouds: Int, edition: Edition?) {
    self.clouds = clouds
    self.edition = edition
  }

  /// The result as text: `14 clouds; classic edition`.
  public var text: String {
    Count.text(clouds, "cloud", "clouds") + (edition.map { "; \($0.rawValue) edition" } ?? "")
  }
}

/// A service that the user can switch to.
public struct ServiceOffer: Hashable, Sendable {
  public let identity: ServiceIdentity
  /// The address of the service, or a description if it has none.
  public let address: String

  public init(identity: ServiceIdentity, address: String) {
    self.identity = identity
    self.address = address
  }

  /// The name of the profile, or of the service if it has none.
  public var title: String { identity.profile ?? identity.name }
}

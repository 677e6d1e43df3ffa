public import CloudAPI
import CloudChanges
public import CloudProfiles
public import CloudViewModels

/// Where the console finds the services that a person can go to, and has them opened.
@MainActor
public protocol ServiceDirectory: AnyObject {
  /// Those there are now, in the order in which a person sees them.
  ///
  /// - Throws: `SettingsError` where the settings can't be read.
  func offers() throws(SettingsError) -> [ServiceOffer]
  /// Makes what shows a service, from settings read anew. Nothing is sent yet.
  ///
  /// - Throws: `SettingsError`, also where the key can't be read. Cancelling ends a program that it comes from.
  func open(_ source: ServiceIdentity.Source) async throws(SettingsError) -> Workspace
  /// Reads the clouds of a service that is not kept yet. Cancelling ends the request.
  ///
  /// - Throws: `SettingsError`, which says why they can't be read and never with what key.
  func probe(_ profile: Profile) async throws(SettingsError) -> ServiceFinding
  /// Keeps a profile in a file that nobody else can read. Cancelling ends a wait for others that change the file.
  ///
  /// - Returns: the file's path.
  func add(_ profile: Profile, isDefault: Bool) async throws(SettingsError) -> String
}

/// What a service was found to be.
public struct ServiceFinding: Hashable, Sendable {
  public let clouds: Int
  /// `nil` where nothing tells.
  public let edition: Edition?

  public init(clouds: Int, edition: Edition?) {
    self.clouds = clouds
    self.edition = edition
  }

  /// `14 clouds; classic edition`.
  public var text: String {
    Count.text(clouds, "cloud", "clouds") + (edition.map { "; \($0.rawValue) edition" } ?? "")
  }
}

/// A service that a person can go to.
public struct ServiceOffer: Hashable, Sendable {
  public let identity: ServiceIdentity
  /// Its address, in words where it has none.
  public let address: String

  public init(identity: ServiceIdentity, address: String) {
    self.identity = identity
    self.address = address
  }

  /// The profile's name, or what else the service is called.
  public var title: String { identity.profile ?? identity.name }
}

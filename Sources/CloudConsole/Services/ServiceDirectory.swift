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

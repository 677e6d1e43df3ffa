/// The service in use and its warnings: shown in the header, and used to start a copied command.
public struct ServiceIdentity: Hashable, Sendable {
  /// The source of address and credentials.
  public enum Source: Hashable, Sendable {
    /// The demo: invented clouds in memory.
    case demo
    /// A profile in the settings, by name.
    case profile(String)
    /// The environment; with the address if it was given as an argument.
    case environment(address: String?)
  }

  /// The name in the header: a host, a profile or the demo.
  public var name: String
  public var source: Source
  /// A warning that the user gave the service: `PRODUCTION`. On a labelled service, every removal is confirmed by
  /// typing what is removed.
  public var label: String?
  /// The label's colour.
  public var colour: LabelColour?
  /// Whether writes are forbidden.
  public var isReadOnly: Bool
  /// The e-mail address of the user of skydeck in the service, which doesn't tell whose key it is; `nil` if the settings
  /// don't say.
  public var me: String?

  public init(
    name: String, source: Source, label: String? = nil, colour: LabelColour? = nil, isReadOnly: Bool = false,
    me: String? = nil
  ) {
    self.name = name
    self.source = source
    self.label = label.flatMap { $0.isEmpty ? nil : $0 }
    self.colour = colour
    self.isReadOnly = isReadOnly
    self.me = me
  }

  /// The name of the profile; `nil` if none is used.
  public var profile: String? {
    if case .profile(let name) = source { name } else { nil }
  }

  /// Why nothing can be written; `nil` if writing is possible.
  public var readOnlyReason: String? {
    guard isReadOnly else { return nil }
    return profile == nil ? "skydeck was started read-only." : "This profile is read-only."
  }
}

/// The colours that a service's label can have. The raw value is the colour's name in settings.
public enum LabelColour: String, CaseIterable, Hashable, Sendable {
  case red, yellow, green, blue, magenta, cyan
}

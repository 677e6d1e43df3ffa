/// Which service is looked at and how careful to be with it: what the header says, and what a copied command begins with.
public struct ServiceIdentity: Hashable, Sendable {
  /// Where address and credentials come from.
  public enum Source: Hashable, Sendable {
    /// Invented clouds from memory.
    case demo
    /// A profile of the settings, by its name.
    case profile(String)
    /// The environment, with the address from an argument where one was given.
    case environment(address: String?)
  }

  /// What the header calls it: a host, a profile or the demo.
  public var name: String
  public var source: Source
  /// A word of warning that a person gave the service: `PRODUCTION`. Every deletion on a labelled service is confirmed
  /// by typing what is deleted.
  public var label: String?
  /// The label's colour.
  public var colour: LabelColour?
  /// Whether nothing may be written to it.
  public var isReadOnly: Bool

  public init(
    name: String, source: Source, label: String? = nil, colour: LabelColour? = nil, isReadOnly: Bool = false
  ) {
    self.name = name
    self.source = source
    self.label = label.flatMap { $0.isEmpty ? nil : $0 }
    self.colour = colour
    self.isReadOnly = isReadOnly
  }

  /// The profile's name, where one is used.
  public var profile: String? {
    if case .profile(let name) = source { name } else { nil }
  }

  /// Why nothing can be written; `nil` where it can.
  public var readOnlyReason: String? {
    guard isReadOnly else { return nil }
    return profile == nil ? "skydeck was started read-only." : "This profile is read-only."
  }
}

/// The colours that a service's label can have. The raw value is the colour's name in settings.
public enum LabelColour: String, CaseIterable, Hashable, Sendable {
  case red, yellow, green, blue, magenta, cyan
}

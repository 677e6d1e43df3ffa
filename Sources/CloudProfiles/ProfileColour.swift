/// What the header of a profile is drawn in.
public enum ProfileColour: String, CaseIterable, Hashable, Sendable {
  case red, green, yellow, blue, magenta, cyan
}

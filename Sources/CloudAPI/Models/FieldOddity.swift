/// A field of a record that isn't as the API documents it.
public struct FieldOddity: Hashable, Sendable {
  /// How much of its value was read.
  public enum Reading: Int, Hashable, Sendable {
    /// All of it, written in another way: `"100"` for 100.
    case whole
    /// Part of it: U+FFFD replaces half of a character, so the value differs from the service's.
    case partial
    /// Nothing.
    case none
    /// The beginning: the text is longer than the API allows and was cut, which is visible in it.
    case cut
  }

  /// Its name in JSON, with its path: `creator.created_at`; empty if the element isn't a record at all.
  public let field: String
  /// What follows the field's name: `is no date`. It never quotes the value.
  public let reason: String
  public let reading: Reading
}

extension FieldOddity: CustomStringConvertible {
  /// `created_at is no date`.
  public var description: String { (field.isEmpty ? "the record" : field) + " " + reason }
}

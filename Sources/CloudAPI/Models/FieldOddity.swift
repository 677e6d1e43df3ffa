/// A field of a record that isn't as the API documents it.
public struct FieldOddity: Hashable, Sendable {
  /// What became of its value.
  public enum Reading: Int, Hashable, Sendable {
    /// It is what the service holds, written in another way: `"100"` for 100.
    case whole
    /// It is shown, and isn't what the service holds: half of a character has a sign in its place.
    case partial
    /// Nothing is known of it.
    case none
    /// It is text longer than any that the API can hold, and was cut, which is seen in it.
    case cut
  }

  /// Its name in JSON, with the way to it: `creator.created_at`; empty where the whole record isn't one.
  public let field: String
  /// What follows the field's name: `is no date`. It quotes nothing.
  public let reason: String
  public let reading: Reading
}

extension FieldOddity: CustomStringConvertible {
  /// `created_at is no date`.
  public var description: String { (field.isEmpty ? "the record" : field) + " " + reason }
}

/// A number with its noun.
public enum Count {
  /// `48 users`, `1 user`, `? users` where the number isn't known.
  public static func text(_ number: Int?, _ singular: String, _ plural: String) -> String {
    guard let number else { return "? " + plural }
    return number == 1 ? "1 " + singular : "\(number) " + plural
  }
}

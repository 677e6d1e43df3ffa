/// E-mail addresses as people paste them.
public enum EmailList {
  /// The addresses in a text, each once whatever its case, in their order; commas, semicolons and white space separate
  /// them.
  public static func addresses(in text: String) -> [String] {
    var seen: Set<String> = []
    return text.split { $0 == "," || $0 == ";" || $0.isWhitespace }
      .map(String.init).filter { seen.insert($0.lowercased()).inserted }
  }

  /// Whether it has what every address has: one `@`, something before it, and a domain of several parts.
  static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return false }
    return parts[1].contains(".") && !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".")
  }
}

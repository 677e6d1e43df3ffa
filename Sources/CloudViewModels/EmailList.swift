/// E-mail addresses as people paste them.
public enum EmailList {
  /// The addresses in a text, each once whatever its case, in their order; commas, semicolons and white space separate
  /// them.
  public static func addresses(in text: String) -> [String] {
    var seen: Set<String> = []
    return text.split { $0 == "," || $0 == ";" || $0.isWhitespace }
      .map(String.init).filter { seen.insert($0.lowercased()).inserted }
  }
}

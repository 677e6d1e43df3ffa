import CloudAPI
import CloudChanges

/// E-mail addresses as people paste them.
public enum EmailList {
  /// The addresses in a text, each once whatever its case, in their order. Commas, semicolons and white space separate
  /// them; of `Ada Lovelace <ada@example.org>`, as mail programs write it, the address counts.
  ///
  /// What can't be meant as an address stands among them as it was written, so that it can be shown: `isAddress` tells.
  public static func addresses(in text: String) -> [String] {
    var seen: Set<String> = []
    return segments(of: text).flatMap(entries).filter { seen.insert($0.lowercased()).inserted }
  }

  /// Whether it has what every address has: one `@`, something before it, a domain of several parts, and nothing that only
  /// stands between addresses or can't be seen.
  public static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, PlainText.harmless(text) == text else { return false }
    let (name, domain) = (parts[0], parts[1])
    // In quotes nearly everything may stand before the @ (RFC 5321, section 4.1.2).
    let isQuoted = name.count > 2 && name.hasPrefix("\"") && name.hasSuffix("\"")
    let unquoted = isQuoted ? domain : Substring(text)
    return domain.contains(".") && !domain.hasPrefix(".") && !domain.hasSuffix(".")
      && !unquoted.contains { $0.isWhitespace || "<>()[],:;\"\\".contains($0) }
  }

  /// The parts between commas, semicolons and ends of lines, outside quotes.
  private static func segments(of text: String) -> [Substring] {
    var isQuoted = false
    return text.split { character in
      if character.isNewline { isQuoted = false } else if character == "\"" { isQuoted.toggle() }
      return character.isNewline || (!isQuoted && (character == "," || character == ";"))
    }
  }

  /// What stands in a segment: addresses in angle brackets with their names before them, and words.
  private static func entries(in segment: Substring) -> [String] {
    var entries: [String] = []
    var rest = segment
    while let open = bracket(in: rest) {
      guard let close = rest[open...].firstIndex(of: ">") else { break }
      let address = String(rest[rest.index(after: open)..<close]).trimmingBlanks()
      let names = words(in: rest[..<open])
      let end = rest.index(after: close)
      // Somebody else's address as a name: whether it is meant, too, only the person knows.
      let isAmbiguous = names.contains { $0.contains("@") && $0.first != "\"" && !isSame($0, address) }
      entries.append(isAmbiguous || address.isEmpty ? String(rest[..<end]).trimmingBlanks() : address)
      rest = rest[end...]
    }
    // A bracket that isn't closed makes all from there on unclear.
    return bracket(in: rest) != nil ? entries + [String(rest).trimmingBlanks()] : entries + words(in: rest)
  }

  /// Where an angle bracket opens outside quotes.
  private static func bracket(in text: Substring) -> Substring.Index? {
    var isQuoted = false
    return text.firstIndex { character in
      if character == "\"" { isQuoted.toggle() }
      return !isQuoted && character == "<"
    }
  }

  /// Whether a name is the address again, as mail programs write where they know no name.
  private static func isSame(_ name: String, _ address: String) -> Bool {
    let inner = name.hasPrefix("'") && name.hasSuffix("'") ? String(name.dropFirst().dropLast()) : name
    return inner.lowercased() == address.lowercased()
  }

  /// The words between white space outside quotes.
  private static func words(in text: Substring) -> [String] {
    var isQuoted = false
    return text.split { character in
      if character == "\"" { isQuoted.toggle() }
      return !isQuoted && character.isWhitespace
    }.map(String.init)
  }
}

import CloudAPI
import CloudChanges

/// E-mail addresses in pasted text.
public enum EmailList {
  /// The addresses in a text, in their order and without duplicates (ignoring case). They are separated by commas,
  /// semicolons or white space; `Ada Lovelace <ada@example.org>`, as mail programs write it, gives the address only.
  ///
  /// Text that can't be an address is included as written, so that it can be shown; test entries with `isAddress`.
  public static func addresses(in text: String) -> [String] {
    var seen: Set<String> = []
    return segments(of: text).flatMap(entries).filter { seen.insert($0.addressKey).inserted }
  }

  /// Whether a text has the form of an address: one `@`, a name before it, a domain of several parts, and no separators
  /// or invisible characters.
  public static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, PlainText.harmless(text) == text else { return false }
    let (name, domain) = (parts[0], parts[1])
    // Quoted, the part before the @ may contain nearly any character (RFC 5321, section 4.1.2).
    let isQuoted = name.count > 2 && name.hasPrefix("\"") && name.hasSuffix("\"")
    let unquoted = isQuoted ? domain : Substring(text)
    return domain.contains(".") && !domain.hasPrefix(".") && !domain.hasSuffix(".")
      && !unquoted.contains { $0.isWhitespace || "<>()[],:;\"\\".contains($0) }
  }

  /// The parts between commas, semicolons and line ends, outside quotes.
  private static func segments(of text: String) -> [Substring] {
    var isQuoted = false
    return text.split { character in
      if character.isNewline { isQuoted = false } else if character == "\"" { isQuoted.toggle() }
      return character.isNewline || (!isQuoted && (character == "," || character == ";"))
    }
  }

  /// The entries of a segment: addresses in angle brackets, without the names before them, and single words.
  private static func entries(in segment: Substring) -> [String] {
    var entries: [String] = []
    var rest = segment
    while let open = bracket(in: rest) {
      guard let close = rest[open...].firstIndex(of: ">") else { break }
      let address = String(rest[rest.index(after: open)..<close]).trimmingBlanks()
      let names = words(in: rest[..<open])
      let end = rest.index(after: close)
      // The name is another address: only the user knows whether it is meant, too.
      let isAmbiguous = names.contains { $0.contains("@") && $0.first != "\"" && !isSame($0, address) }
      entries.append(isAmbiguous || address.isEmpty ? String(rest[..<end]).trimmingBlanks() : address)
      rest = rest[end...]
    }
    // After a bracket that isn't closed, the rest of the segment is one unclear entry.
    return bracket(in: rest) != nil ? entries + [String(rest).trimmingBlanks()] : entries + words(in: rest)
  }

  /// The index of the first opening angle bracket outside quotes.
  private static func bracket(in text: Substring) -> Substring.Index? {
    var isQuoted = false
    return text.firstIndex { character in
      if character == "\"" { isQuoted.toggle() }
      return !isQuoted && character == "<"
    }
  }

  /// Whether a name only repeats the address, as mail programs write if they know no name.
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

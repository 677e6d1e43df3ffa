#if canImport(Glibc)
  import Glibc
#endif

/// The locale that says which characters there are: the environment's, as far as it is installed.
public struct CharacterLocale: Hashable, Sendable {
  /// What `LC_ALL`, `LC_CTYPE` or `LANG` names, the first of these that is set; `nil` where none is.
  public let named: String?
  /// What is used, which is installed.
  public let name: String
  public let encoding: TextEncoding

  private static let unicode = "C.UTF-8"

  /// Where nothing is named, as on many a fresh machine, nobody chose ASCII: it is UTF-8 then, as terminals are. So it is
  /// where a locale of UTF-8 is named that isn't installed, as SSH forwards them from machines that have others.
  public init(environment: [String: String]) {
    named = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    let tried = named.map { Self.isUnicode($0) ? [$0, Self.unicode] : [$0] } ?? [Self.unicode]
    for name in tried {
      guard let codeset = Self.codeset(of: name) else { continue }
      self.name = name
      encoding = TextEncoding(name: codeset)
      return
    }
    name = "C"
    encoding = TextEncoding(name: "ANSI_X3.4-1968")
  }

  /// Whether letters beyond ASCII are those of UTF-8.
  public var isUnicode: Bool { encoding == .utf8 }

  /// Whether a name says so: `fr_FR.UTF-8`, `en_US.utf8@euro`, and `UTF-8` alone, which macOS forwards.
  private static func isUnicode(_ name: String) -> Bool {
    let codeset = name.split(separator: "@", omittingEmptySubsequences: false)[0].split(separator: ".").last ?? ""
    return codeset.lowercased().filter { $0 != "-" } == "utf8"
  }

  /// `nil` where there is no such locale.
  private static func codeset(of name: String) -> String? {
    guard let locale = newlocale(LC_CTYPE_MASK, name, nil) else { return nil }
    defer { freelocale(locale) }
    return nl_langinfo_l(nl_item(CODESET), locale).map { String(cString: $0) }
  }
}

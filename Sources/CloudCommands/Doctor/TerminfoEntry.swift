import CloudAPI

/// The compiled description of a terminal, as far as it is looked at (term(5)).
struct TerminfoEntry {
  /// How many colours it has; -1 for none.
  let colours: Int

  /// The number of `max_colors` among the numeric capabilities (term.h).
  private static let maxColours = 13
  /// The magic number of descriptions with numbers of 32 bits.
  private static let wideMagic = 0o1036

  /// Looks where ncurses does (terminfo(5)).
  ///
  /// - Returns: `nil` where there is none of that name.
  init?(_ name: String, environment: [String: String]) {
    guard let first = name.utf8.first, !name.contains("/"), name.first != "." else { return nil }
    let home = environment["HOME"].map { "\($0)/.terminfo" }
    let listed = environment["TERMINFO_DIRS"]?.split(separator: ":").map(String.init) ?? []
    let usual = ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/local/share/terminfo"]
    let folders = [environment["TERMINFO"], home].compactMap { $0 } + listed + usual
    for folder in folders {
      for letter in [String(UnicodeScalar(first)), String(first, radix: 16)] {
        let file = try? RegularFile(
          readingAt: "\(folder)/\(letter)/\(name)", limit: 1 << 16, links: .any, isOwned: false)
        if let file, let entry = Self(file.bytes) {
          self = entry
          return
        }
      }
    }
    return nil
  }

  private init?(_ bytes: [UInt8]) {
    func short(_ offset: Int) -> Int {
      offset + 1 < bytes.count ? Int(Int16(truncatingIfNeeded: Int(bytes[offset]) | Int(bytes[offset + 1]) << 8)) : -1
    }
    let (magic, names, booleans, numbers) = (short(0), short(2), short(4), short(6))
    guard [0o432, Self.wideMagic].contains(magic), names >= 0, booleans >= 0 else { return nil }
    let start = 12 + names + booleans
    let width = magic == Self.wideMagic ? 4 : 2
    let offset = start + start % 2 + Self.maxColours * width
    guard numbers > Self.maxColours else {
      colours = -1
      return
    }
    // Up to 32,767 the lower half is the whole; what has more has enough.
    let isLarge = width == 4 && short(offset + 2) > 0
    colours = isLarge ? 1 << 24 : short(offset)
  }
}

import CloudAPI
import TerminalUI

/// What the terminal can show of the console.
struct TerminalCheck {
  private let environment: [String: String]
  private let terminal: CommandTerminal

  init(_ environment: CommandEnvironment) {
    self.environment = environment.variables
    terminal = environment.terminal
  }

  var findings: [Finding] {
    guard terminal.isOutput || terminal.isInput || terminal.areErrors else {
      return [locale, .skipped("terminal", "There is none: the console needs one.")]
    }
    let name = environment["TERM"] ?? ""
    let entry = TerminfoEntry(name, environment: environment)
    return [description(name, entry), locale, size, clipboard(name)]
  }

  private func description(_ name: String, _ entry: TerminfoEntry?) -> Finding {
    guard !name.isEmpty, let entry else {
      return .warning(
        "terminal", name.isEmpty ? "TERM is not set." : "There is no description of the terminal \(name).",
        advice: "The console needs one: install ncurses-term, or set TERM to a similar one: TERM=xterm-256color")
    }
    let isPlain = environment["NO_COLOR"]?.isEmpty == false
    let colours = isPlain ? "no colours, since NO_COLOR is set" : "\(max(0, entry.colours)) colours"
    guard entry.colours >= 8 || isPlain else {
      return .warning(
        "terminal", "\(name): \(colours).", advice: "If it has colours, set TERM to xterm-256color.")
    }
    return .ok("terminal", "\(name): \(colours).")
  }

  private var locale: Finding {
    let locale = CharacterLocale(environment: environment)
    let used = "\(locale.name), \(locale.encoding.name)"
    let detail =
      switch locale.named {
      case nil: "No locale is named: \(used) is used."
      case locale.name?: "\(used)."
      case let named?: "\(named) is not installed: \(used) is used instead."
      }
    guard !locale.isUnicode else { return .ok("locale", detail) }
    return .warning(
      "locale", detail,
      advice: "Accents and wide characters need UTF-8: LANG=C.UTF-8, or one that locale -a lists.")
  }

  private var size: Finding {
    let size = terminal.size
    let text = "\(size.columns) columns, \(size.rows) rows."
    guard size.columns >= 40, size.rows >= 10 else {
      return .warning("size", text, advice: "The console needs 40 columns and 10 rows to show all.")
    }
    return .ok("size", text)
  }

  /// The clipboard support of known terminals, because a terminal doesn't report whether it supports OSC 52.
  private func clipboard(_ name: String) -> Finding {
    if environment["TMUX"] != nil {
      return .ok("clipboard", "Probably, if tmux is told to: set -g set-clipboard on (OSC 52).")
    }
    if environment["STY"] != nil { return .ok("clipboard", "Probably: screen passes OSC 52 on.") }
    let without = ["linux", "vt", "dumb", "ansi"]
    let isWithout =
      without.contains { name.hasPrefix($0) } || environment["VTE_VERSION"] != nil
      || environment["TERM_PROGRAM"] == "Apple_Terminal"
    return .ok("clipboard", isWithout ? "Probably not: this terminal is not known for OSC 52." : "Probably (OSC 52).")
  }
}

/// The part of a terminal's compiled description that the check needs (term(5)).
struct TerminfoEntry {
  /// The number of colours; -1 for none.
  let colours: Int

  /// The index of `max_colors` among the numeric capabilities (term.h).
  private static let maxColours = 13
  /// The magic number of descriptions with 32-bit numbers.
  private static let wideMagic = 0o1036

  /// Searches the directories that ncurses searches (terminfo(5)).
  ///
  /// - Returns: `nil` if there is no description with that name.
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
    // The lower half holds numbers up to 32,767; more colours than that are always enough.
    let isLarge = width == 4 && short(offset + 2) > 0
    colours = isLarge ? 1 << 24 : short(offset)
  }
}

import Glibc
import TerminalUI
import Testing

@testable import NcursesTerminal

@Suite struct LocaleTextWidthTests {
  init() {
    setlocale(LC_ALL, "C.UTF-8")
  }

  /// The built-in table agrees with the C library on all characters that the library knows; it may know more.
  @Test func theBuiltInTableAgreesWithTheCLibrary() {
    let library = NcursesTerminal.localeTextWidth
    var differences: [String] = []
    for value in UInt32(0x20)..<0x40000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let (expected, actual) = (library.columns(of: scalar), TextWidth.builtIn.columns(of: scalar))
      let printed = TextWidth.builtIn.cells(of: String(scalar)).map(\.text).joined()
      // Characters that are replaced anyway may differ.
      if expected != actual, expected >= 0, printed == String(scalar) {
        differences.append("U+\(String(value, radix: 16)): \(expected), not \(actual)")
      }
    }
    // AHOM CONSONANT SIGN MEDIAL RA got its zero width with Unicode 15; Debian 12's C library has Unicode 14.
    #expect(differences.filter { !$0.hasPrefix("U+1171e") } == [])
  }

  @Test func cellsOfTheLibraryTakeTheColumnsItCounts() {
    let library = NcursesTerminal.localeTextWidth
    for text in ["Ada", "東京駅 再開発", "Šárka", "e\u{301}", "👨‍👩‍👧", "🇫🇷", "हिन्दी", "한국어", "\u{1FAE8}"] {
      let cells = library.cells(of: text)
      let counted = cells.reduce(0) { sum, cell in
        sum + cell.text.unicodeScalars.reduce(0) { $0 + library.columns(of: $1) }
      }
      #expect(counted == cells.count, "\(text)")
    }
  }
}

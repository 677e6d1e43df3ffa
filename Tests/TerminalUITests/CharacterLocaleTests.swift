import TerminalUI
import Testing

/// Which locale determines the encoding. `C` and `C.UTF-8` are installed everywhere, `xx_XX` nowhere.
@Suite struct CharacterLocaleTests {
  @Test(arguments: [
    [:], ["LANG": ""], ["LC_CTYPE": "UTF-8"], ["LC_CTYPE": "utf8"], ["LANG": "xx_XX.UTF-8"],
    ["LANG": "xx_XX.utf8@euro"],
    ["LC_ALL": "xx_XX.UTF-8", "LANG": "C"], ["LC_ALL": "", "LC_CTYPE": "UTF-8", "LANG": "C"],
  ])
  func whatNamesUTF8OrNothingIsUTF8(environment: [String: String]) {
    let locale = CharacterLocale(environment: environment)
    #expect(locale.isUnicode)
    #expect(locale.name == "C.UTF-8")
    #expect(locale.encoding == .utf8)
  }

  @Test func whatIsInstalledIsUsed() {
    let locale = CharacterLocale(environment: ["LC_CTYPE": "C.UTF-8", "LANG": "xx_XX.UTF-8"])
    #expect(locale.named == "C.UTF-8" && locale.name == "C.UTF-8")
  }

  @Test(arguments: ["C", "POSIX", "xx_XX", "xx_XX.ISO-8859-1", "UTF-16", "utf8.xx"])
  func whatNamesSomethingElseIsASCIIWhereItIsNotInstalled(name: String) {
    let locale = CharacterLocale(environment: ["LC_ALL": name, "LANG": "C.UTF-8"])
    #expect(!locale.isUnicode)
    #expect(locale.named == name)
    #expect(locale.encoding.name == "ANSI_X3.4-1968")
  }
}

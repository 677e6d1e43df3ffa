import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// Input bytes in locales with several encodings.
@Suite(.story) struct InputEncodingTests {
  private static let paste = (begin: Array("\u{1B}[200~".utf8), end: Array("\u{1B}[201~".utf8))

  /// Opens the form of cloud 3 and clears its name.
  private func form(on simulator: SimulatorProcess, environment: [String: String] = [:]) throws -> Skydeck {
    let skydeck = try Skydeck.on(simulator, cloud: 3, environment: environment)
    try skydeck.press(.character("e"))
    try skydeck.waitFor("╭ Edit Haussmann Tower")
    try skydeck.press(.control("u"))
    return skydeck
  }

  @Test(arguments: [false, true])
  func bytesThatAreNoUTF8AreNotInserted(isPasted: Bool) throws {
    let simulator = try SimulatorProcess()
    let skydeck = try form(on: simulator)
    let bytes = Array("Tour Ren".utf8) + [0xE9] + Array("e".utf8)
    try skydeck.session.terminal.write(isPasted ? Self.paste.begin + bytes + Self.paste.end : bytes)
    try skydeck.waitFor("Tour Rene", "Not inserted: 0xE9")
    try skydeck.press(.enter)
    try skydeck.waitFor("▸ Tour Rene ")
    #expect(try simulator.service.name(of: 3) == "Tour Rene")
    try skydeck.quit()
  }

  @Test(arguments: [["LC_ALL": "", "LANG": "", "LC_CTYPE": "UTF-8"], ["LC_ALL": "xx_XX.UTF-8"]])
  func aForwardedLocaleOfUTF8ThatIsNotInstalledIsUTF8(environment: [String: String]) throws {
    let simulator = try SimulatorProcess()
    let skydeck = try form(on: simulator, environment: environment)
    try skydeck.type("Tour Renée")
    try skydeck.press(.enter)
    try skydeck.waitFor("▸ Tour Renée", "Zürich Hauptbahnhof", "╭ 1 Clouds ─")
    try skydeck.quit()
  }

  @Test(.enabled(if: BuiltLocale.canBeBuilt, "localedef and its sources are not installed"))
  func inALocaleOfAnotherEncodingBytesAreTheLettersThatTheyAreThere() throws {
    let locale = try BuiltLocale("fr_FR", "ISO-8859-1")
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.opened(at: simulator.address, "--cloud", "3", environment: locale.environment)
    try skydeck.waitFor("| > Haussmann Tower")
    try skydeck.press(.character("e"))
    try skydeck.waitFor("+ Edit Haussmann Tower")
    try skydeck.press(.control("u"))
    try skydeck.session.terminal.write(Array("Tour Ren".utf8) + [0xE9] + Array("e ".utf8))
    try skydeck.session.terminal.write(Self.paste.begin + [0xC3, 0xA9] + Self.paste.end)
    try skydeck.press(.enter)
    try skydeck.waitFor("Renamed \"Haussmann Tower\" to \"Tour Ren")
    #expect(try simulator.service.name(of: 3) == "Tour Renée Ã©")
    // The output isn't UTF-8, which the emulator requires.
    try skydeck.press(.character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
  }
}

/// A locale that is built for a test, and deleted with this object.
final class BuiltLocale {
  static let canBeBuilt =
    access("/usr/bin/localedef", X_OK) == 0 && access("/usr/share/i18n/charmaps/ISO-8859-1.gz", R_OK) == 0

  private let folder: TemporaryFolder
  let environment: [String: String]

  init(_ name: String, _ encoding: String) throws {
    folder = try TemporaryFolder()
    let path = "\(folder.path)/\(name)"
    _ = try ShellCommand.run("/usr/bin/localedef", ["--no-archive", "-i", name, "-f", encoding, path])
    try #require(access("\(path)/LC_CTYPE", R_OK) == 0, "localedef made no locale")
    environment = ["LOCPATH": folder.path, "LC_ALL": name, "LANG": name]
  }
}

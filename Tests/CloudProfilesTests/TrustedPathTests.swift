import CloudAPI
import Glibc
import Testing

@testable import CloudProfiles

/// Who else could change a file.
@Suite struct TrustedPathTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func weakness(of path: String) -> String? {
    do throws(TrustedPath.Weakness) {
      try TrustedPath.check(path)
      return nil
    } catch {
      return error.message
    }
  }

  private func makeFolder(_ name: String, mode: mode_t) throws {
    try #require(mkdir("\(folder.path)/\(name)", 0o700) == 0)
    try #require(chmod("\(folder.path)/\(name)", mode) == 0)
  }

  @Test(arguments: [0o600, 0o644, 0o400] as [mode_t])
  func aFileThatOneselfAloneCanChangeHasNone(mode: mode_t) throws {
    #expect(weakness(of: try folder.write("", mode: mode)) == nil)
    #expect(weakness(of: "\(folder.path)/none") == nil)
  }

  @Test(arguments: [0o620, 0o660, 0o664, 0o602, 0o666] as [mode_t])
  func aFileThatOthersCanWriteHasOne(mode: mode_t) throws {
    let path = try folder.write("", mode: mode)
    #expect(weakness(of: path) == "others can change \(path): chmod go-w \(path).")
  }

  @Test(arguments: [0o770, 0o777, 0o707, 0o730] as [mode_t])
  func soHasOneInAFolderThatOthersCanWriteTo(mode: mode_t) throws {
    try makeFolder("open", mode: mode)
    try folder.write("", to: "open/file")
    try #require(mkdir("\(folder.path)/open/deep", 0o700) == 0)
    try folder.write("", to: "open/deep/file")
    for name in ["open/file", "open/deep/file", "./open/deep/../file", "open/none"] {
      #expect(weakness(of: "\(folder.path)/\(name)")?.contains("chmod go-w \(folder.path)/open.") == true, "\(name)")
    }
  }

  @Test func aStickyFolderIsNone() throws {
    try makeFolder("sticky", mode: 0o1777)
    try folder.write("", to: "sticky/file")
    #expect(weakness(of: "\(folder.path)/sticky/file") == nil)
    try folder.write("", to: "sticky/open", mode: 0o666)
    #expect(weakness(of: "\(folder.path)/sticky/open") != nil)
  }

  @Test func linksAreFollowedOneByOne() throws {
    try makeFolder("open", mode: 0o777)
    try makeFolder("own", mode: 0o700)
    try folder.write("", to: "own/file")
    func link(_ name: String, to target: String) throws -> String {
      try #require(symlink(target, "\(folder.path)/\(name)") == 0)
      return "\(folder.path)/\(name)"
    }
    #expect(weakness(of: try link("good", to: "own/file")) == nil)
    #expect(weakness(of: try link("own/up", to: "../own/file")) == nil)
    #expect(weakness(of: try link("folder", to: "\(folder.path)/own") + "/file") == nil)
    // A user who can change the folder can replace the link.
    #expect(weakness(of: try link("open/link", to: "\(folder.path)/own/file")) != nil)
    try folder.write("", to: "open/file")
    #expect(weakness(of: try link("away", to: "open/file")) != nil)
    #expect(weakness(of: try link("round", to: "round")) != nil)
  }

  @Test(.enabled(if: geteuid() == 0, "Only the administrator can give files away."))
  func whatBelongsToOthersIsOne() throws {
    try makeFolder("theirs", mode: 0o755)
    let path = try folder.write("", to: "theirs/file")
    try #require(chown("\(folder.path)/theirs", 1234, 1234) == 0)
    #expect(weakness(of: path) == "\(folder.path)/theirs belongs to another user.")
  }

  @Test func aCommandOfAFileThatOthersCanChangeIsNotRun() async throws {
    let path = try folder.write("", mode: 0o660)
    await #expect(
      throws: SettingsError(
        "The command /bin/echo, which should print the key, isn't run, because others can change \(path): chmod go-w "
          + "\(path).")
    ) {
      try await SecretSource.command(["/bin/echo", "key"], in: path).read(environment: [:])
    }
    chmod(path, 0o600)
    #expect(try await SecretSource.command(["/bin/echo", "key"], in: path).read(environment: [:]).revealed == "key")
  }
}

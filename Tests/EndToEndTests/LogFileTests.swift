import Glibc
import TerminalTestSupport
import TerminalUI
import Testing

/// The files that `--log-file` accepts.
@Suite(.story) struct LogFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func expectRefused(_ path: String, _ reason: String) throws {
    let skydeck = try Skydeck.started("--demo", "--log-file", path)
    #expect(try skydeck.session.exitStatus() == .exited(78))
    #expect(skydeck.session.standardError.contains("The log file \(path) \(reason)"))
    #expect(skydeck.session.terminal.output == [])
  }

  private func expectWritten(_ path: String, to file: String) throws {
    let skydeck = try Skydeck.demo("--log-file", path)
    try skydeck.quit()
    #expect(try TemporaryFile.text(at: file).contains("longest_turn"))
  }

  @Test func whatIsNoRegularFileIsRefusedAtOnce() throws {
    let pipe = "\(folder.path)/pipe"
    mkfifo(pipe, 0o600)
    try expectRefused(pipe, "is not a regular file but a pipe")
    // Refused even with a reader, whose end would end the log.
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try expectRefused(pipe, "is not a regular file but a pipe")
    symlink(pipe, "\(folder.path)/link")
    try expectRefused("\(folder.path)/link", "is not a regular file but a pipe")
    try expectRefused(folder.path, "is not a regular file but a folder")
    try expectRefused("/dev/null", "is not a regular file but a device")
  }

  @Test func anOwnLinkIsFollowedAlsoToAFileThatIsNotThereYet() throws {
    let (file, link) = ("\(folder.path)/file", "\(folder.path)/link")
    symlink(file, link)
    try expectWritten(link, to: file)
    try expectWritten(link, to: file)
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can make links of others"))
  func aLinkOfSomebodyElseIsNotFollowed() throws {
    let link = "\(folder.path)/link"
    symlink("\(folder.path)/file", link)
    lchown(link, 65534, 65534)
    try expectRefused(link, "is a symbolic link that somebody else may have put there")
    #expect(access("\(folder.path)/file", F_OK) != 0)
  }

  @Test func whatIsNamedIsHarmlessInMessages() throws {
    let skydeck = try Skydeck.started("--demo", "--log-file", "/nowhere/\u{1B}[31m\u{E0041}x")
    #expect(try skydeck.session.exitStatus() == .exited(78))
    #expect(skydeck.session.standardError.contains("/nowhere/\u{FFFD}[31m\u{FFFD}x does not exist"))
  }
}

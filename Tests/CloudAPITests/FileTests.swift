import FoundationEssentials
import Glibc
import Testing

@testable import CloudAPI

/// Which files are read, and what their text may contain.
@Suite struct FileTests {
  private let folder = "/tmp/skydeck-files-\(UInt64.random(in: 0 ... .max))"

  /// Runs `body` with a temporary folder.
  private func inFolder(_ body: () throws -> Void) throws {
    mkdir(folder, 0o700)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body()
  }

  private func failure(_ path: String, _ links: RegularFile.Links = .own, limit: Int = 100) -> RegularFile.Failure? {
    do throws(RegularFile.Failure) {
      _ = try RegularFile(readingAt: path, limit: limit, links: links)
      return nil
    } catch {
      return error
    }
  }

  @Test func onlyRegularFilesAreOpenedAndNothingWaits() throws {
    try inFolder {
      mkfifo("\(folder)/pipe", 0o600)
      symlink("pipe", "\(folder)/link")
      for path in ["pipe", "link"] { #expect(failure("\(folder)/\(path)") == .notRegular("a pipe")) }
      #expect(failure(folder) == .notRegular("a folder"))
      #expect(failure("/dev/zero") == .notRegular("a device"))
      #expect(failure("\(folder)/none") == .absent)
      symlink("none", "\(folder)/dangling")
      #expect(failure("\(folder)/dangling") == .absent)
      symlink("loop", "\(folder)/loop")
      #expect(failure("\(folder)/loop") != nil)
      try Data(repeating: 0x61, count: 101).write(to: URL(filePath: "\(folder)/large"))
      #expect(failure("\(folder)/large") == .tooLarge(limit: 100))
      #expect(failure("\(folder)/large", limit: 101) == nil)
    }
  }

  @Test func linksAreFollowedAsFarAsTheRuleSays() throws {
    try inFolder {
      try Data("x".utf8).write(to: URL(filePath: "\(folder)/file"))
      symlink("file", "\(folder)/link")
      #expect(failure("\(folder)/link", .any) == nil)
      #expect(failure("\(folder)/link", .own) == nil)
      #expect(failure("\(folder)/link", .none) == .link)
      #expect(failure("\(folder)/file", .none) == nil)
      // Only root can change the owner of a link.
      guard lchown("\(folder)/link", 65534, 65534) == 0 else { return }
      #expect(failure("\(folder)/link", .own) == .link)
      #expect(failure("\(folder)/link", .any) == nil)
      chown("\(folder)/file", 65534, 65534)
      #expect(failure("\(folder)/file") == .foreign)
    }
  }

  private static func invalid(_ line: Int, _ byte: Int, _ value: UInt8) -> FileText.Failure {
    .invalid(FileText.Failure.Position(line: line, byte: byte), value)
  }

  private static let noText: [([UInt8], FileText.Failure)] = [
    ([0x61, 0x0A, 0x62, 0xE9], invalid(2, 2, 0xE9)),
    ([0xE9], invalid(1, 1, 0xE9)),
    ([0xC3, 0xA9, 0x0A, 0x0A, 0xC3, 0x28], invalid(3, 1, 0xC3)),
    ([0x61, 0xE6, 0x9D], invalid(1, 2, 0xE6)),
    ([0xED, 0xA0, 0x80], invalid(1, 1, 0xED)),
    ([0xC0, 0x80], invalid(1, 1, 0xC0)),
    ([0x61, 0x0A, 0x00], FileText.Failure.null(FileText.Failure.Position(line: 2, byte: 1))),
    ([0xFF, 0xFE, 0x61, 0x00], FileText.Failure.wide),
    ([0xFE, 0xFF, 0x00, 0x61], FileText.Failure.wide),
    ([0, 0, 0xFE, 0xFF], FileText.Failure.wide),
  ]

  @Test(arguments: noText)
  func bytesThatAreNoTextAreRefusedWithTheirPlace(bytes: [UInt8], failure: FileText.Failure) {
    #expect(throws: failure) { try FileText.text(of: bytes) }
  }

  @Test func textIsReadAsItIs() throws {
    for text in ["", "\u{FEFF}é\r\n東 👨‍👩‍👧 \u{FFFD}"] { #expect(try FileText.text(of: Array(text.utf8)) == text) }
  }
}

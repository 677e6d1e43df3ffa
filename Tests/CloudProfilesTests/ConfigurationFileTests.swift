import Glibc
import Testing

@testable import CloudProfiles

/// Where the file is searched for, and which files are read.
@Suite struct ConfigurationFileTests {
  @Test(arguments: [
    ("/a.yaml", ["SKYDECK_CONFIG": "/b.yaml", "HOME": "/h"], "/a.yaml", true),
    (nil, ["SKYDECK_CONFIG": "/b.yaml", "XDG_CONFIG_HOME": "/x"], "/b.yaml", true),
    (nil, ["SKYDECK_CONFIG": "", "XDG_CONFIG_HOME": "/x", "HOME": "/h"], "/x/skydeck/config.yaml", false),
    (nil, ["XDG_CONFIG_HOME": "relative", "HOME": "/h"], "/h/.config/skydeck/config.yaml", false),
    (nil, ["HOME": "/h"], "/h/.config/skydeck/config.yaml", false),
  ])
  func theFileIsTheNamedOneOrInTheConfigurationFolder(
    option: String?, environment: [String: String], path: String, isNamed: Bool
  ) {
    let file = ConfigurationFile(option: option, environment: environment)
    #expect(file?.path == path)
    #expect(file?.isNamed == isNamed)
  }

  @Test func withoutAHomeThereIsNoFile() {
    #expect(ConfigurationFile(environment: ["HOME": ""]) == nil)
  }

  @Test func aFileThatIsNotThereSetsNothingUnlessItWasNamed() throws {
    let folder = try TemporaryFolder()
    #expect(try ConfigurationFile(environment: ["HOME": folder.path])?.load().profiles == [])
    #expect(throws: SettingsError("The configuration file \(folder.path)/none.yaml does not exist.")) {
      try ConfigurationFile(option: "\(folder.path)/none.yaml", environment: [:])?.load()
    }
  }

  @Test func whatIsNoTextFileOfOnesOwnIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write("", mode: 0o602)
    expect("\(folder.path)/config.yaml", toBeRefusedWith: "Anyone can change")
    expect(folder.path, toBeRefusedWith: "is not a regular file")
    mkfifo("\(folder.path)/pipe", 0o600)
    expect("\(folder.path)/pipe", toBeRefusedWith: "is not a regular file")
    expect("/dev/null/x", toBeRefusedWith: "can't be read")
    let path = try folder.write(String(repeating: "#", count: 1 << 21), to: "large")
    expect(path, toBeRefusedWith: "is larger than 1048576 bytes")
    let descriptor = open(path, O_WRONLY | O_TRUNC)
    write(descriptor, [UInt8]([0x61, 0xFF]), 2)
    close(descriptor)
    expect(path, toBeRefusedWith: "is not UTF-8 text")
  }

  private func expect(_ path: String, toBeRefusedWith part: String, sourceLocation: SourceLocation = #_sourceLocation) {
    do throws(SettingsError) {
      _ = try ConfigurationFile(option: path, environment: [:])?.load()
      Issue.record("\(path) was read", sourceLocation: sourceLocation)
    } catch {
      #expect(error.message.contains(part), "\(error.message)", sourceLocation: sourceLocation)
    }
  }
}

import CloudAPI
import Glibc
import Testing

@testable import CloudProfiles

/// Concurrent changes to one file.
@Suite struct ConcurrentChangesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Long enough for a busy machine: speed isn't tested here.
  private static let patience = Duration.seconds(240)

  private var path: String { "\(folder.path)/skydeck/config.yaml" }

  private static func profile(_ name: String) throws -> Profile {
    try Profile(name: name, apiURL: BaseURL("https://a.example"), signIn: .bearer(.variable("KEY")))
  }

  @Test func everyProfileThatIsAddedAtOnceIsKept() async throws {
    let file = try #require(ConfigurationFile(option: path, environment: [:]))
    let names = (1...24).map { "p\($0)" }
    let failures = await withTaskGroup(of: (any Error)?.self) { group in
      for name in names {
        group.addTask {
          await onThread {
            var store = ProfileStore(file)
            store.patience = Self.patience
            do { try store.add(Self.profile(name)) } catch { return error }
            return nil
          }
        }
      }
      return await group.reduce(into: []) { if let error = $1 { $0.append(error) } }
    }
    #expect(failures.isEmpty, "\(failures)")
    #expect(Set(try file.load().profiles.map(\.name)) == Set(names))
    #expect(try folder.names(in: "skydeck") == ["config.yaml"])
  }

  @Test func whoeverHasTheLockIsWaitedFor() async throws {
    let path = try folder.write("profiles:\n")
    let lock = try FileLock(at: path + ".lock", within: .zero)
    let file = try #require(ConfigurationFile(option: path, environment: [:]))
    let adding = Task { await onThread { (try? ProfileStore(file).add(Self.profile("late"))) != nil } }
    // The content written under the lock isn't lost.
    try folder.write("profiles:\n  first:\n    api_url: https://a.example\n    key_env: K\n")
    lock.release()
    #expect(await adding.value)
    #expect(try file.load().profiles.map(\.name) == ["first", "late"])
  }

  @Test func whoeverKeepsTheLockIsWaitedForSoLongAndNothingIsChanged() throws {
    let path = try folder.write("profiles:\n")
    let lock = try FileLock(at: path + ".lock", within: .zero)
    defer { lock.release() }
    #expect(
      throws: SettingsError(
        "Another program has been changing the configuration file \(path) for 20ms. Nothing was changed: try again.")
    ) {
      try AtomicFile(path: path, patience: .milliseconds(20)).whileLocked { Issue.record("It was changed.") }
    }
    #expect(try folder.text() == "profiles:\n")
  }

  @Test func whatAKilledProcessLeftHoldsNobodyUp() throws {
    let path = try folder.write("profiles:\n")
    try folder.write("", to: "config.yaml.lock")
    try ProfileStore(try #require(ConfigurationFile(option: path, environment: [:]))).add(Self.profile("a"))
    #expect(try folder.names() == ["config.yaml"])
  }

  @Test func aProfileThatChangedSinceItWasSeenIsNotRemoved() throws {
    let path = try folder.write("profiles:\n  a:\n    api_url: https://a.example\n    key_env: KEY\n")
    let file = try #require(ConfigurationFile(option: path, environment: [:]))
    let seen = try file.load().profile(named: "a")
    let changed = try folder.text().replacing("https://a", with: "https://b")
    try folder.write(changed)
    #expect(throws: SettingsError.self) { try ProfileStore(file).remove("a", seenAs: seen) }
    #expect(try folder.text() == changed)
    try ProfileStore(file).remove("a", seenAs: try file.load().profile(named: "a"))
    #expect(try file.load().profiles.isEmpty)
  }

  @Test func linksToOneFileShareItsLock() throws {
    let path = try folder.write("profiles:\n")
    try #require(mkdir("\(folder.path)/links", 0o700) == 0)
    try #require(symlink(path, "\(folder.path)/links/config.yaml") == 0)
    let lock = try FileLock(at: path + ".lock", within: .zero)
    defer { lock.release() }
    #expect(throws: SettingsError.self) {
      try AtomicFile(path: "\(folder.path)/links/config.yaml", patience: .zero).whileLocked {}
    }
    #expect(try folder.names(in: "links") == ["config.yaml"])
  }

  @Test func whatIsRefusedAnywayMakesNoFolder() throws {
    let file = try #require(ConfigurationFile(option: path, environment: [:]))
    #expect(throws: SettingsError.self) { try ProfileStore(file).use("none") }
    #expect(try folder.names() == [])
  }

  @Test func everyEditionThatIsRememberedAtOnceIsKept() async throws {
    let memory = try #require(EditionFile(environment: ["XDG_CACHE_HOME": folder.path], patience: Self.patience))
      .memory
    let urls = try (1...24).map { try BaseURL("https://s\($0).example") }
    await withTaskGroup { group in
      for url in urls { group.addTask { await onThread { memory.remember(.current, url) } } }
    }
    for url in urls { #expect(memory.recall(url) == .current) }
  }
}

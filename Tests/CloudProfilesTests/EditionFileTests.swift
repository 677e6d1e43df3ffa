import CloudAPI
import FoundationEssentials
import Testing

@testable import CloudProfiles

/// The editions of services that are stored between runs.
@Suite struct EditionFileTests {
  private let directory = "/tmp/skydeck-editions-\(UInt64.random(in: .min ... .max))"

  private func memory(daysLater: Double = 0) throws -> EditionMemory {
    let now = Date(timeIntervalSince1970: 1_700_000_000 + daysLater * 86_400)
    let file = EditionFile(environment: ["XDG_CACHE_HOME": directory], now: { now })
    return try #require(file).memory
  }

  @Test func anEditionIsKeptForItsServiceUntilAnotherIsFound() throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let (live, other) = (try BaseURL("https://api.example.com"), try BaseURL("https://other.example.com/api"))
    try memory().remember(.current, live)
    try memory().remember(.classic, other)
    #expect(try memory().recall(live) == .current)
    #expect(try memory().recall(other) == .classic)
    try memory().remember(.current, other)
    #expect(try memory().recall(other) == .current)
    #expect(try memory().recall(BaseURL("https://third.example.com")) == nil)
  }

  @Test func anEditionIsForgottenAfterADay() throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let (live, other) = (try BaseURL("https://api.example.com"), try BaseURL("https://other.example.com"))
    try memory().remember(.classic, live)
    #expect(try memory(daysLater: 0.9).recall(live) == .classic)
    #expect(try memory(daysLater: 1).recall(live) == nil)
    // Setting the clock back doesn't extend an entry's lifetime.
    #expect(try memory(daysLater: -2).recall(live) == nil)
    try memory(daysLater: 2).remember(.current, other)
    #expect(try memory().recall(live) == nil)
  }

  @Test(arguments: ["classic https://api.example.com\n", "classic https://api.example.com soon\n", "\u{0}\n \n x"])
  func linesThatSayNoDateAreNotBelieved(text: String) throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try FileManager.default.createDirectory(atPath: directory + "/skydeck", withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: directory + "/skydeck/editions"))
    #expect(try memory().recall(BaseURL("https://api.example.com")) == nil)
  }

  @Test func servicesOnThisMachineAreNotKept() throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    for address in ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"] {
      try memory().remember(.current, BaseURL(address))
      #expect(try memory().recall(BaseURL(address)) == nil)
    }
    #expect(!FileManager.default.fileExists(atPath: directory))
  }

  @Test func whatCanNotBeReadOrWrittenIsNotKept() throws {
    let nowhere = try #require(EditionFile(environment: ["XDG_CACHE_HOME": "/proc/nowhere"])).memory
    nowhere.remember(.current, try BaseURL("https://api.example.com"))
    #expect(nowhere.recall(try BaseURL("https://api.example.com")) == nil)
    #expect(EditionFile(environment: [:]) == nil)
  }
}

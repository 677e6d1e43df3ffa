import CloudAPI
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import TerminalUI
import Testing

@testable import CloudConsole

/// The screen for a slow line.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct LowBandwidthTests {
  private func console(_ size: Size = Size(columns: 80, rows: 24)) async throws -> ConsoleUnderTest {
    var settings = Console.Settings()
    settings.lowBandwidth = true
    let test = try await ConsoleUnderTest(size: size, console: settings)
    await test.start(at: 1)
    return test
  }

  @Test func aMoveChangesTwoCells() async throws {
    let test = try await console()
    await test.press("2")
    let before = test.present()
    await test.press(.down)
    let changed = zip(before.rows.joined(), test.present().rows.joined()).filter { $0 != $1 }
    #expect(changed.map { "\($0.text)\($1.text)" } == ["▸ ", " ▸"])
  }

  @Test func noBarIsDrawnInEighths() async throws {
    let test = try await console()
    try expectRecorded(test.present(), as: "low-bandwidth-80x24")
    await test.press("S")
    #expect(test.text.contains("####"))
    #expect(!test.text.contains { "▏▎▍▌▋▊▉█".contains($0) })
  }

  @Test func aPaneAloneHasNoSides() async throws {
    let test = try await console()
    await test.press("2")
    await test.press("z")
    try expectRecorded(test.present(), as: "low-bandwidth-zoomed-80x24")
    #expect(!test.text.contains("│"))
  }

  @Test func withAScreenReaderAMoveIsTheCursorsAlone() async throws {
    var settings = Console.Settings()
    (settings.lowBandwidth, settings.screenReader) = (true, true)
    let test = try await ConsoleUnderTest(size: Size(columns: 80, rows: 24), console: settings)
    await test.start(at: 1)
    await test.press("2")
    #expect(test.text.contains("Users of Gare du Nord, extension, 60 rows.\n"))
    let before = test.present()
    await test.press(.down)
    let after = test.present()
    #expect(after.rows == before.rows)
    #expect(after.cursor?.row == before.cursor.map { $0.row + 1 })
    // Announcements other than the cursor position are still made.
    await test.press(" ")
    #expect(test.text.contains("1 marked.\n"))
    await test.press("S")
    #expect(!test.text.contains("#"))
  }

  @Test func theServicesOwnSettingSwitchesItOn() async throws {
    var settings = Workspace.Settings.immediate
    settings.isLowBandwidth = true
    let test = try await ConsoleUnderTest(size: Size(columns: 80, rows: 24), settings: settings)
    await test.start(at: 1)
    #expect(!test.text.contains("█") && !test.text.contains("of total"))
  }

  @Test func aWaitSaysOnlyTensOfSeconds() {
    let start = Date(timeIntervalSinceReferenceDate: 0)
    let texts = [0.1, 1, 5, 9.9, 12, 19, 31].map {
      WaitText.text(since: start, now: start.addingTimeInterval($0), step: 10)
    }
    #expect(
      texts == [
        nil, "loading…", "loading…", "loading…", "no answer for 10 s", "no answer for 10 s", "no answer for 30 s",
      ])
  }
}

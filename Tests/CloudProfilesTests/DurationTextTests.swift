import Testing

@testable import CloudProfiles

@Suite struct DurationTextTests {
  @Test(arguments: [
    ("500ms", Duration.milliseconds(500)), ("30s", .seconds(30)), ("5m", .seconds(300)), ("1h", .seconds(3600)),
    ("0s", .zero),
  ])
  func aNumberAndAUnitAreADuration(text: String, duration: Duration) {
    #expect(DurationText.duration(text) == duration)
  }

  @Test(arguments: ["", "30", "s", "-5s", "1.5s", "5 s", "5d", "99999999999999999999s", "9999999999h", "٣s"])
  func anythingElseIsNone(text: String) {
    #expect(DurationText.duration(text) == nil)
  }

  @Test(arguments: ["1ms", "30s", "90s", "5m", "1h", "36h"])
  func writingGivesBackWhatWasRead(text: String) throws {
    #expect(DurationText.text(try #require(DurationText.duration(text))) == text)
  }

  @Test func theLargestUnitThatFitsIsWritten() {
    #expect(DurationText.text(.seconds(120)) == "2m")
    #expect(DurationText.text(.seconds(0)) == "0ms")
  }
}

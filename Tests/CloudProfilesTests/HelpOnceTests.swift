import CloudProfiles
import FoundationEssentials
import Testing

/// Help that is shown in one run only.
@Suite struct HelpOnceTests {
  private let directory = "/tmp/skydeck-help-\(UInt64.random(in: .min ... .max))"

  @Test func aHelpIsShownInTheFirstRunOnly() {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let once = HelpOnce(environment: ["XDG_CACHE_HOME": directory])
    #expect(once.isFirst("mouse"))
    #expect(!once.isFirst("mouse"))
    #expect(HelpOnce(environment: ["XDG_CACHE_HOME": directory]).isFirst("other"))
  }

  @Test(arguments: [[:], ["XDG_CACHE_HOME": "/proc/none"], ["HOME": ""]])
  func whereNothingCanBeRememberedItIsNotShown(environment: [String: String]) {
    #expect(!HelpOnce(environment: environment).isFirst("mouse"))
  }
}

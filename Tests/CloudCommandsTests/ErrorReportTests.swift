import CloudAPI
import FoundationEssentials
import Testing

@testable import CloudCommands

/// Tests of failures as the shell reports them.
@Suite struct ErrorReportTests {
  private let now = Date(timeIntervalSince1970: 1_767_323_045)

  private func report(_ until: Date?) -> ErrorReport {
    ErrorReport(
      CloudAPIError(.rateLimited(until: until), request: "GET /cloud", detail: "Slow down."), now: now)
  }

  @Test func aServiceThatAsksToWaitIsSaidToUntilWhen() throws {
    let text = report(now + 11.2).line(asJSON: false)
    #expect(text.contains(#/ Slow down\. Try again at \d\d:\d\d:17, in 12 s\.$/#), "\(text)")
    let json = report(now + 11.2).line(asJSON: true)
    #expect(json.contains(#""retry_after":12"#), "\(json)")
  }

  @Test(arguments: [(119.0, "in 119 s"), (121, "in 3 min"), (7_200, "in 2 h"), (86_400, "in 24 h")])
  func longTimesAreSaidInLongerUnits(seconds: Double, text: String) {
    #expect(report(now + seconds).advice?.hasSuffix("\(text).") == true)
  }

  @Test func oneThatDoesNotSayHasNoTime() {
    #expect(report(nil).advice == "Try again in a moment.")
    #expect(!report(nil).line(asJSON: true).contains("retry_after"))
    #expect(report(now - 5).advice == "Try again in a moment.")
    #expect(report(now - 5).retryAfter == 0)
  }

  @Test func aRequestThatTookTooLongToArriveIsNoRefusal() {
    #expect(CloudAPIError(.rejected(status: 408), request: "GET /cloud").exitStatus == .unavailable)
  }
}

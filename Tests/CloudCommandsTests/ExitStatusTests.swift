import CloudAPI
import FoundationEssentials
import Testing

@testable import CloudCommands

/// Tests of the exit status of each failure.
@Suite struct ExitStatusTests {
  @Test(
    arguments: [
      (.validation(fields: [:]), 1), (.paymentRequired, 1), (.notFound, 1), (.conflict, 1), (.rejected(status: 418), 1),
      (.unsupported(.current), 64), (.server(status: 500), 69), (.unreachable(reason: ""), 69), (.timedOut, 69),
      (.outcomeUnknown(cause: .timedOut), 69), (.outcomeUnknown(cause: .badResponse(reason: "")), 69),
      (.rateLimited(until: nil), 75), (.badResponse(reason: ""), 76), (.tooLarge(limit: 1), 76),
      (.unexpectedRedirect(location: ""), 76),
      (.unauthorized, 77), (.forbidden(scope: nil), 77), (.readOnly, 77), (.cancelled, 130),
    ] as [(CloudAPIError.Code, Int32)])
  func everyFailureHasItsStatus(code: CloudAPIError.Code, status: Int32) {
    #expect(CloudAPIError(code, request: "GET /cloud").exitStatus.rawValue == status)
  }

  @Test func ofSeveralTheWorstCounts() {
    #expect(ExitStatus.refused.orWorse(.unavailable) == .unavailable)
    #expect(ExitStatus.notAllowed.orWorse(.rateLimited) == .notAllowed)
    #expect(ExitStatus.done.orWorse(.refused) == .refused)
  }

  @Test func anErrorIsOneLineWhateverTheServiceSays() {
    let error = CloudAPIError(
      .validation(fields: ["name": ["bad\nline\u{1B}[2J"]]), request: "POST /cloud", detail: nil)
    let report = ErrorReport(error, now: Date())
    #expect(
      report.line(asJSON: false) == "skydeck: POST /cloud: The service rejected the input: name: bad "
        + "line\u{FFFD}[2J. Correct the input and try again.")
    #expect(!report.line(asJSON: true).contains("\n"))
  }
}

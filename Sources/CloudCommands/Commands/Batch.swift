import CloudAPI
import CloudViewModels

/// Several writes of a kind, one after the other, each once: every outcome is said, the failures last.
struct Batch {
  let session: CommandSession
  private var failures: [CloudAPIError] = []
  private var skipped: [String] = []

  init(_ session: CommandSession) {
    self.session = session
  }

  /// Does `body` for each of the targets until one shows that the rest is of no use.
  mutating func run(
    _ targets: [String], _ body: (String) async throws(CloudAPIError) -> Void
  ) async {
    session.output.goOnWithoutReader()
    for target in targets {
      if let last = failures.last, last.endsABatch || Task.isCancelled {
        skipped.append(target)
        continue
      }
      do throws(CloudAPIError) {
        try await body(target)
      } catch {
        failures.append(CloudAPIError(error.code, request: "\(target): \(error.request)", detail: error.detail))
      }
    }
  }

  /// Says what went wrong.
  ///
  /// - Throws: the worst status, where something did.
  func end(skipping what: String) throws(CommandFailure) {
    guard !failures.isEmpty else { return }
    for failure in failures { session.report(failure) }
    let status = failures.reduce(ExitStatus.done) { $0.orWorse($1.exitStatus) }
    for target in skipped {
      session.report(
        ErrorReport(
          code: "not_sent",
          message: "\(target): not \(what), nothing was sent, because the rest ended with the failure before. "
            + "Send it again once that is mended.", status: status))
    }
    throw .reported(status)
  }
}

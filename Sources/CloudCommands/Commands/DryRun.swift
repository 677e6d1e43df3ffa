import CloudAPI
import CloudViewModels
import FoundationEssentials

/// Prints the request of a command without sending it.
struct DryRun {
  let session: CommandSession

  init(_ session: CommandSession) {
    self.session = session
  }

  /// Prints the request. If the edition is unknown, no request is sent to detect it: an edition is presumed and named.
  func print(_ call: Call) async throws(CommandFailure) {
    let client = session.connection.client
    let known = client.knownEdition
    let presumed = known ?? (isSaid(call, in: .classic) ? .classic : .current)
    let request = try await session.calling { () async throws(CloudAPIError) in try call.request(in: presumed) }
    let other = try? call.request(in: presumed == .classic ? .current : .classic)
    if known == nil, other.map(Form.init) != Form(request) {
      session.report(
        ErrorReport(
          code: "edition_unknown",
          message: "The service's edition is unknown: shown is the request of the \(presumed.rawValue) edition. "
            + "SKYDECK_EDITION or the profile's edition sets it.", status: .done))
    }
    let path = client.baseURL.path + request.path
    let body = request.body.isEmpty ? nil : String(decoding: HarmlessJSON.escaped(request.body), as: UTF8.self)
    guard session.format == .json else {
      return session.output.line("\(request.method) \(path)" + (body.map { " " + $0 } ?? ""))
    }
    session.output.line("{\"method\":\"\(request.method)\",\"path\":\"\(path)\",\"body\":\(body ?? "null")}")
  }

  private func isSaid(_ call: Call, in edition: Edition) -> Bool {
    (try? call.request(in: edition)) != nil
  }
}

/// The parts of a request that may differ between editions.
private struct Form: Equatable {
  let method: String
  let path: String
  let body: [UInt8]

  init(_ request: CallRequest) {
    method = "\(request.method)"
    path = request.path
    body = request.body
  }
}

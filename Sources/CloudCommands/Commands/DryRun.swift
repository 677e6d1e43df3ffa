import CloudAPI
import FoundationEssentials

/// Shows what a command would send, and sends nothing.
struct DryRun {
  let session: CommandSession

  init(_ session: CommandSession) {
    self.session = session
  }

  func print(_ call: Call) async throws(CommandFailure) {
    let client = session.connection.client
    let request = try await session.calling { () async throws(CloudAPIError) in
      try await client.request(for: call)
    }
    let path = client.configuration.baseURL.path + request.path
    let body = request.body.isEmpty ? nil : String(decoding: HarmlessJSON.escaped(request.body), as: UTF8.self)
    guard session.format == .json else {
      return session.output.line("\(request.method) \(path)" + (body.map { " " + $0 } ?? ""))
    }
    session.output.line("{\"method\":\"\(request.method)\",\"path\":\"\(path)\",\"body\":\(body ?? "null")}")
  }
}

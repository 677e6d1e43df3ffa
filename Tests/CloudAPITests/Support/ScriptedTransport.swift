import CloudAPI
import HTTPTypes
import Synchronization

/// Responds to requests with a script, one step each, and keeps the requests.
final class ScriptedTransport: Transport {
  /// The result of one request.
  enum Step: Sendable {
    case answer(Int, HTTPFields = [:], body: [[UInt8]], failure: TransportError? = nil)
    case failure(TransportError)
    /// No response until the caller gives up.
    case silence
    /// The head of a response, and no byte of its body until the caller gives up.
    case silenceAfterHead(Int)

    static func json(_ body: String, status: Int = 200, _ fields: HTTPFields = [:]) -> Step {
      var fields = fields
      fields[.contentType] = "application/json"
      return .answer(status, fields, body: [Array(body.utf8)])
    }

    static func html(_ body: String, status: Int = 200) -> Step {
      .answer(status, [.contentType: "text/html; charset=utf-8"], body: [Array(body.utf8)])
    }

    static func empty(status: Int, _ fields: HTTPFields = [:]) -> Step {
      .answer(status, fields, body: [])
    }
  }

  private struct State {
    var steps: [Step]
    var requests: [TransportRequest] = []
  }

  private let state: Mutex<State>

  init(_ steps: Step...) {
    state = Mutex(State(steps: steps))
  }

  var requests: [TransportRequest] { state.withLock { $0.requests } }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let step = state.withLock { state in
      state.requests.append(request)
      return state.steps.isEmpty ? nil : state.steps.removeFirst()
    }
    switch step {
    case .answer(let status, let fields, let chunks, let failure):
      return TransportResponse(
        head: HTTPResponse(status: .init(code: status), headerFields: fields), body: Self.body(chunks, failure))
    case .failure(let error):
      throw error
    case .silence:
      try await Self.waitForCancellation()
      throw .cancelled
    case .silenceAfterHead(let status):
      return TransportResponse(
        head: HTTPResponse(status: .init(code: status)),
        body: ResponseBody {
          ResponseBody.AsyncIterator { () async throws(TransportError) -> [UInt8]? in
            try await Self.waitForCancellation()
            throw .cancelled
          }
        })
    case nil:
      throw .connectionLost(reason: "the script is over")
    }
  }

  private static func body(_ chunks: [[UInt8]], _ failure: TransportError?) -> ResponseBody {
    ResponseBody {
      var left = chunks[...]
      return ResponseBody.AsyncIterator { () async throws(TransportError) -> [UInt8]? in
        if let chunk = left.popFirst() { return chunk }
        if let failure { throw failure }
        return nil
      }
    }
  }

  private static func waitForCancellation() async throws(TransportError) {
    do {
      try await Task.sleep(for: .seconds(3_600))
    } catch {
      throw .cancelled
    }
  }
}

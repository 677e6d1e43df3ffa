import CloudAPI
import HTTPTypes
import Synchronization

/// A service with a token endpoint. It numbers the tokens that it issues, and refuses requests with an invalid token.
final class TokenService: Transport {
  struct State {
    /// The number of tokens requested.
    var tokens = 0
    /// The valid tokens; issued ones are added.
    var good: Set<String> = []
    var requests: [String] = []
    /// The writes carried out, with a valid token.
    var writes: [String] = []
  }

  static let tokenURL = "https://iam.example.com/realms/x/token"

  private let state = Mutex(State())
  private let gate: Signal?
  private let name: @Sendable (Int) -> String
  private let isGoodFromStart: Bool

  /// - Parameters:
  ///   - gate: no token is sent until it opens.
  ///   - isGood: whether tokens are valid when they are issued.
  ///   - name: the token with each number, from 1.
  init(
    gate: Signal? = nil, isGood: Bool = true, name: @escaping @Sendable (Int) -> String = { "t0k3n-number-\($0)" }
  ) {
    self.gate = gate
    isGoodFromStart = isGood
    self.name = name
  }

  var now: State { state.withLock { $0 } }

  /// Makes all issued tokens invalid.
  func revoke() {
    state.withLock { $0.good = [] }
  }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let path = "\(request.head.method) \(request.head.path ?? "")"
    guard request.head.authority == "iam.example.com" else { return answer(request, path) }
    let number = state.withLock { state in
      state.tokens += 1
      return state.tokens
    }
    await gate?.wait()
    if Task.isCancelled { throw .cancelled }
    let token = name(number)
    if isGoodFromStart { state.withLock { _ = $0.good.insert(token) } }
    return Self.json(#"{"access_token": "\#(token)", "token_type": "Bearer", "expires_in": 3600}"#)
  }

  private func answer(_ request: TransportRequest, _ path: String) -> TransportResponse {
    let field = request.head.headerFields[.authorization] ?? ""
    let isGood = state.withLock { state in
      state.requests.append("\(path) \(field)")
      let isGood = state.good.contains(String(field.dropFirst("Bearer ".count)))
      if isGood, request.head.method != .get { state.writes.append(path) }
      return isGood
    }
    guard isGood else { return Self.json(#"{"detail": "Not with \#(field)."}"#, status: 401) }
    if request.head.method == .delete { return Self.json("", status: 204) }
    return Self.json(request.head.path == "/cloud" ? "[]" : #"{"id": 1, "name": "x"}"#)
  }

  private static func json(_ body: String, status: Int = 200) -> TransportResponse {
    TransportResponse(
      head: HTTPResponse(status: .init(code: status), headerFields: [.contentType: "application/json"]),
      body: ResponseBody(Array(body.utf8)))
  }
}

import FoundationEssentials
import HTTPTypes

/// Asks a token endpoint for a token (RFC 6749, section 4.4.2), once.
///
/// Of a write that waits for the token nothing was sent yet, so no failure here leaves an outcome unknown.
struct TokenRequest: Sendable {
  let credentials: ClientCredentials
  let transport: any Transport
  let clock: any Clock<Duration>
  let timeLimit: Duration
  let userAgent: String
  let observer: RequestObserver?
  let attemptNumbers: AttemptNumbers
  let secrets: KnownSecrets
  let now: @Sendable () -> Date

  /// The largest answer that is read, in bytes.
  private static let bodyLimit = 256 << 10

  var name: String { "POST \(credentials.tokenURL)" }

  func run() async throws(CloudAPIError) -> AccessToken {
    let id = attemptNumbers.next()
    let elapsed = clock.stopwatch()
    func report(_ kind: RequestEvent.Kind) {
      observer?(RequestEvent(id: id, method: "POST", path: "\(credentials.tokenURL)", attempt: 1, kind: kind))
    }

    report(.started)
    do throws(CloudAPIError) {
      let answer = try await answer()
      let token: AccessToken
      do {
        token = try AccessToken(answer, age: elapsed)
      } catch {
        throw failure(.badResponse(reason: error.reason))
      }
      secrets.insert(token.secret, isToken: true)
      report(.finished(status: answer.status, bytes: answer.bodySize, elapsed()))
      return token
    } catch {
      let error = error.masked(secrets)
      report(.failed(error, elapsed()))
      throw error
    }
  }

  private func answer() async throws(CloudAPIError) -> Answer {
    let exchange = Exchange(
      transport: transport, request: request, bodyLimit: Self.bodyLimit, ignoresBody: false)
    let answer: Answer
    do {
      answer = try await exchange.run(clock: clock)
    } catch {
      throw failure(of: error.masked(secrets))
    }
    guard answer.isSuccess else { throw failure(of: answer) }
    return answer
  }

  private var request: TransportRequest {
    let url = credentials.tokenURL
    var head = HTTPRequest(
      method: .post, scheme: url.origin.scheme, authority: url.origin.authority, path: url.target)
    head.headerFields[.accept] = "application/json"
    head.headerFields[.userAgent] = userAgent
    head.headerFields[.contentType] = "application/x-www-form-urlencoded"
    var fields = [
      ("grant_type", "client_credentials"), ("client_id", credentials.id),
      ("client_secret", credentials.secret.revealed),
    ]
    if let scope = credentials.scope { fields.append(("scope", scope)) }
    let form = fields.map { "\($0)=\(PercentEncoding.escaped($1))" }.joined(separator: "&")
    return TransportRequest(head: head, body: Array(form.utf8), timeLimit: timeLimit)
  }

  private func failure(_ code: CloudAPIError.Code, detail: String? = nil) -> CloudAPIError {
    CloudAPIError(code, request: name, detail: detail, isSigningIn: true)
  }

  private func failure(of failure: Exchange.Failure) -> CloudAPIError {
    switch failure {
    case .cancelledBeforeSending, .transport(.cancelled): self.failure(.cancelled)
    case .transport(.timedOut): self.failure(.timedOut)
    case .transport(.notConnected(let reason)), .transport(.connectionLost(let reason)):
      self.failure(.unreachable(reason: reason))
    case .redirect(let location, let reason):
      self.failure(.unexpectedRedirect(location: Redirect.shown(location)), detail: reason)
    case .bodyTooLarge: self.failure(.badResponse(reason: "the answer is larger than \(Self.bodyLimit) bytes"))
    case .unreadable(let reason): self.failure(.badResponse(reason: reason))
    }
  }

  /// Errors of a token endpoint (RFC 6749, section 5.2), and what proxies say in its place.
  private func failure(of answer: Answer) -> CloudAPIError {
    struct Body: Decodable {
      let error: String?
    }
    let said = ErrorBody(answer)
    let error = (try? answer.decode(Body.self, name: ""))?.error
    let aboutClient = ["invalid_client", "unauthorized_client", "invalid_grant", "access_denied"]
    let code: CloudAPIError.Code =
      switch answer.status {
      case 401: .unauthorized
      case 400..<500 where error.map(aboutClient.contains) == true: .unauthorized
      case 403: .forbidden(scope: nil)
      case 429: .rateLimited(until: answer.retryAfter(now: now()).map { now() + $0.seconds })
      case 500...: .server(status: answer.status)
      default: .rejected(status: answer.status)
      }
    return failure(code, detail: said.detail)
  }
}

import FoundationEssentials
import HTTPTypes
import Synchronization

/// How a client authenticates (RFC 6749, section 2.3.1).
enum ClientAuthentication {
  /// With its id and secret in the body.
  case form
  /// With HTTP Basic.
  case basic
}

/// The authentication that the token endpoint accepted.
final class ProvenAuthentication: Sendable {
  private let way = Mutex<ClientAuthentication?>(nil)

  var value: ClientAuthentication? { way.withLock { $0 } }

  func set(_ way: ClientAuthentication) {
    self.way.withLock { $0 = way }
  }
}

extension ClientCredentials {
  /// The value after `Basic`: id and secret, each form-encoded before they are joined.
  fileprivate var basicValue: Secret {
    let pair = "\(PercentEncoding.escaped(id)):\(PercentEncoding.escaped(secret.revealed))"
    return Secret(Data(pair.utf8).base64EncodedString())
  }
}

/// Requests a token from a token endpoint (RFC 6749, section 4.4.2).
///
/// A write that waits for the token hasn't been sent, so no failure here leaves its outcome unknown.
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
  let proven = ProvenAuthentication()

  /// The largest response that is read, in bytes.
  private static let bodyLimit = 256 << 10

  var name: String { "POST \(credentials.tokenURL)" }

  /// Sends the secret in the body first, which most services accept. If the client is refused, HTTP Basic is tried
  /// once, which some services require; the way that worked is used from then on.
  func run() async throws(CloudAPIError) -> AccessToken {
    if let way = proven.value { return try await attempt(1, by: way) }
    do throws(CloudAPIError) {
      return try await attempt(1, by: .form)
    } catch {
      guard error.code == .unauthorized else { throw error }
      do throws(CloudAPIError) {
        return try await attempt(2, by: .basic)
      } catch let second {
        // A service that doesn't support Basic complains about missing fields in the body.
        throw [.unauthorized, .cancelled].contains(second.code) ? second : error
      }
    }
  }

  private func attempt(_ number: Int, by way: ClientAuthentication) async throws(CloudAPIError) -> AccessToken {
    let id = attemptNumbers.next()
    let elapsed = clock.stopwatch()
    func report(_ kind: RequestEvent.Kind) {
      observer?(RequestEvent(id: id, method: "POST", path: "\(credentials.tokenURL)", attempt: number, kind: kind))
    }

    report(.started)
    do throws(CloudAPIError) {
      let answer = try await answer(by: way, number: id)
      proven.set(way)
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

  private func answer(by way: ClientAuthentication, number: Int) async throws(CloudAPIError) -> Answer {
    var request = request(by: way)
    request.number = number
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

  private func request(by way: ClientAuthentication) -> TransportRequest {
    let url = credentials.tokenURL
    var head = HTTPRequest(
      method: .post, scheme: url.origin.scheme, authority: url.origin.authority, path: url.target)
    head.headerFields = .common(userAgent: userAgent)
    head.headerFields[.contentType] = "application/x-www-form-urlencoded"
    var fields = [("grant_type", "client_credentials")]
    switch way {
    case .form:
      fields += [("client_id", credentials.id), ("client_secret", credentials.secret.revealed)]
    case .basic:
      let value = credentials.basicValue
      secrets.insert(value)
      head.headerFields[.authorization] = "Basic \(value.revealed)"
    }
    if let scope = credentials.scope { fields.append(("scope", scope)) }
    if let audience = credentials.audience { fields.append(("audience", audience)) }
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
    case .bodyTooLarge: self.failure(.badResponse(reason: "the response is larger than \(Self.bodyLimit) bytes"))
    case .unreadable(let reason): self.failure(.badResponse(reason: reason))
    }
  }

  /// The error of a token endpoint (RFC 6749, section 5.2), or of a proxy in its place.
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
      case 429: .rateLimited(until: (answer.retryAfter(now: now()) ?? said.wait).map { now() + $0.seconds })
      case 500...: .server(status: answer.status)
      default: .rejected(status: answer.status)
      }
    return failure(code, detail: said.detail)
  }
}

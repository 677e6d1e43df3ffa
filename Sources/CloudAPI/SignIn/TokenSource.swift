import Synchronization

/// The token of a client: requested when needed, kept in memory, and renewed when it expires or is refused.
///
/// Concurrent requests share one renewal.
final class TokenSource: Sendable {
  private struct State {
    var token: AccessToken?
    /// Whether the token replaced one that was refused.
    var isReplacement = false
    /// Whether the service accepted the token in a request.
    var isAccepted = false
    /// Why there is no token, if the error is one that a retry won't change, and how old it is.
    var refusal: (error: CloudAPIError, age: @Sendable () -> Duration)?
  }

  /// How long a refusal is kept before the next try: a thousand requests in a row must not send a thousand refused
  /// token requests, which locks accounts.
  private static let refusalKept = Duration.seconds(5)

  private let request: TokenRequest
  private let state = Mutex(State())
  private let renewal = SingleFlight<AccessToken>()

  init(_ request: TokenRequest) {
    self.request = request
  }

  /// A valid token for a request.
  ///
  /// Cancelling the calling task throws `cancelled`; the renewal continues as long as another caller waits for it.
  func token() async throws(CloudAPIError) -> AccessToken {
    if let token = try known() { return token }
    return try await renewal.value(
      orWhenCancelled: CloudAPIError(.cancelled, request: request.name, isSigningIn: true)
    ) { () async throws(CloudAPIError) in
      // Another renewal may have finished since.
      if let token = try self.known() { return token }
      do throws(CloudAPIError) {
        let token = try await self.request.run()
        self.keep(token)
        return token
      } catch {
        self.keep(error)
        throw error
      }
    }
  }

  /// A replacement for a token that the service refused (401); `nil` if repeating the request is useless: the new token
  /// is the same, or the refused one was itself a recent replacement.
  func token(replacing refused: AccessToken) async throws(CloudAPIError) -> AccessToken? {
    let isHopeless = state.withLock { state in
      guard let token = state.token, token.secret == refused.secret else { return false }
      if state.isReplacement, !state.isAccepted, token.age() < Self.refusalKept { return true }
      state.token = nil
      state.isReplacement = true
      return false
    }
    if isHopeless { return nil }
    let token = try await token()
    return token.secret == refused.secret ? nil : token
  }

  /// Records that the service accepted a token in a request, whatever it responded.
  func accept(_ token: AccessToken) {
    state.withLock { state in
      if state.token?.secret == token.secret { state.isAccepted = true }
    }
  }

  private func known() throws(CloudAPIError) -> AccessToken? {
    try state.withLock { state throws(CloudAPIError) in
      if let token = state.token, token.isFresh { return token }
      if let refusal = state.refusal, refusal.age() < Self.refusalKept { throw refusal.error }
      return nil
    }
  }

  private func keep(_ token: AccessToken) {
    state.withLock { state in
      // A token that expired was not refused.
      if state.token != nil { state.isReplacement = false }
      state.token = token
      state.isAccepted = false
      state.refusal = nil
    }
  }

  private func keep(_ error: CloudAPIError) {
    guard !error.isRetryable, error.code != .cancelled else { return }
    let age = request.clock.stopwatch()
    state.withLock { $0.refusal = (error, age) }
  }
}

import Synchronization

/// The token of a client: asked for when it is needed, kept in memory, and asked for anew when it ends or is refused.
///
/// Requests at the same time share one renewal.
final class TokenSource: Sendable {
  private struct State {
    var token: AccessToken?
    /// Whether the token took the place of one that was refused.
    var isReplacement = false
    /// Whether the service took a request with the token.
    var isAccepted = false
    /// Why there is no token, of a kind that asking again won't change, and for how long that is known.
    var refusal: (error: CloudAPIError, age: @Sendable () -> Duration)?
  }

  /// For how long a refusal is believed before it is asked again: a thousand requests in a row must not ask a thousand
  /// times for a token that isn't given, which locks accounts.
  private static let refusalKept = Duration.seconds(5)

  private let request: TokenRequest
  private let state = Mutex(State())
  private let renewal = SingleFlight<AccessToken>()

  init(_ request: TokenRequest) {
    self.request = request
  }

  /// A token that is good for a request.
  ///
  /// Cancelling the calling task throws `cancelled`; the renewal goes on as long as somebody else waits for it.
  func token() async throws(CloudAPIError) -> AccessToken {
    if let token = try known() { return token }
    return try await renewal.value(
      orWhenCancelled: CloudAPIError(.cancelled, request: request.name, isSigningIn: true)
    ) { () async throws(CloudAPIError) in
      // Another renewal may have ended since.
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

  /// Another token in place of one that the service refused (401); `nil` where there is no use in sending the request
  /// again: a new one is the same, or was itself just refused in place of another.
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

  /// Tells that the service took a request with a token, whatever it answered.
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
      // One that ended by itself is no refused one.
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

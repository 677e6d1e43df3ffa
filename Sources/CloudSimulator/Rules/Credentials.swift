import HTTPTypes

/// The check of `Authorization`: `Bearer KEY`, `ApiKey KEY`, or the bare key that some old clients send.
struct Credentials: Sendable {
  /// The only key that is right; nil where any will do.
  let key: String?

  /// Throws 401 unless the request carries a key that is right.
  func check(_ request: HTTPRequest) throws(Refusal) {
    guard let presented = try presentedKey(in: request) else {
      throw .unauthorized("Authentication credentials were not provided.")
    }
    if let key, presented != key { throw .unauthorized("Invalid token.") }
  }

  private func presentedKey(in request: HTTPRequest) throws(Refusal) -> Substring? {
    let words = (request.headerFields[.authorization] ?? "").split(whereSeparator: \.isWhitespace)
    guard let first = words.first else { return nil }
    let hasScheme = ["bearer", "apikey"].contains(first.lowercased())
    switch (hasScheme, words.count) {
    case (false, 1): return first
    case (true, 1): throw .unauthorized("Invalid token header. No credentials provided.")
    case (true, 2): return words[1]
    case (true, _): throw .unauthorized("Invalid token header. Token string should not contain spaces.")
    // A scheme that the service doesn't know is none of its business.
    case (false, _): return nil
    }
  }
}

public import FoundationEssentials

/// Why an operation failed: the kind of failure, the request, and what the service said about it.
public struct CloudAPIError: Error, Hashable, Sendable {
  /// The kinds of failure, each with what a caller needs to handle it.
  public enum Code: Hashable, Sendable {
    /// 401: the key is missing, wrong or expired.
    case unauthorized
    /// 403: the key lacks a permission; `scope` is the one that the operation needs according to the documentation.
    case forbidden(scope: String?)
    /// 404 in the service's own form: absent, or hidden from this key.
    case notFound
    /// 400 with messages by field name; "" holds those about no field, in the order of the sorted names in the
    /// response.
    case validation(fields: [String: [String]])
    /// 402.
    case paymentRequired
    /// 429; `until` is when the service accepts requests again, if it said so.
    case rateLimited(until: Date?)
    /// 409.
    case conflict
    /// Another 4xx; also a 404 that isn't in the service's own form, which tells nothing about a record.
    case rejected(status: Int)
    /// 3xx where no redirect is followed; `location` is its target.
    case unexpectedRedirect(location: String)
    /// 5xx in response to a read.
    case server(status: Int)
    /// The service could not be reached, and nothing was sent; for a read also: the connection was lost.
    case unreachable(reason: String)
    /// A read took longer than its time limit.
    case timedOut
    /// A response that can't be read; `reason` says which field and why.
    case badResponse(reason: String)
    /// The response to a read is larger than `limit`, in bytes.
    case tooLarge(limit: Int)
    /// A write was sent and its response lost: it may have been carried out.
    case outcomeUnknown(cause: UnknownCause)
    /// The service's edition lacks the operation or part of its content; nothing was sent.
    case unsupported(Edition)
    /// The client is read-only, and the operation writes; nothing was sent.
    case readOnly
    /// The calling task was cancelled before anything was sent, or while reading.
    case cancelled
  }

  /// How the response to a write was lost.
  public enum UnknownCause: Hashable, Sendable {
    case connectionLost(reason: String)
    case timedOut
    case cancelled
    /// 5xx from the service or a proxy before it, possibly after the write was applied.
    case server(status: Int)
    /// The service reported success in a response that can't be read, or that is about something else.
    case badResponse(reason: String)
    /// A status in a form that isn't the service's own: a proxy may have responded in its place.
    case foreign(status: Int)
  }

  public let code: Code
  /// `GET /cloud/3/user`: method and path of the request; for a token request, `POST` and the complete address.
  public let request: String
  /// What the service said, from `detail` or a similar field; `nil` if it said nothing readable.
  public let detail: String?

  /// Whether the request for a token failed. The operation that needed it wasn't sent.
  public let isSigningIn: Bool

  public init(_ code: Code, request: String, detail: String? = nil, isSigningIn: Bool = false) {
    self.code = code
    self.request = request
    self.detail = detail
    self.isSigningIn = isSigningIn
  }
}

extension CloudAPIError {
  /// One sentence that tells a person what happened.
  public var message: String {
    switch code {
    case .unauthorized where isSigningIn: sentence("The token service refuses this client")
    case .forbidden where isSigningIn: sentence("This client isn't allowed to request a token")
    case .unreachable(let reason) where isSigningIn:
      Self.sentence("The token service can't be reached", because: reason)
    case _ where isSigningIn && code != .cancelled:
      "Sign-in failed. " + CloudAPIError(code, request: request, detail: detail).message
    case .unauthorized:
      "Sign-in failed: the API key is invalid or expired" + (detail.map { " (\($0.trimmingStop))." } ?? ".")
    case .forbidden: sentence("Permission denied")
    case .notFound:
      // What the API usually says of it says no more.
      Self.sentence("Not found, or hidden from this key", because: detail == "Not found." ? nil : detail)
    case .validation(let fields):
      Self.sentence("The service rejected the input", because: ErrorBody.summary(of: fields))
    case .paymentRequired: sentence("Payment required")
    case .rateLimited: sentence("Rate limit reached")
    case .conflict: sentence("Conflict with existing data")
    case .rejected(404): sentence("A 404 that doesn't come from the service itself says nothing about the record")
    case .rejected(let status):
      Self.sentence("The service refused the request (HTTP \(status))", because: detail(without: status))
    case .unexpectedRedirect(""): sentence("The service redirects without an address")
    case .unexpectedRedirect(let location): sentence("The service redirects to \(location) instead of answering")
    case .server(let status): Self.sentence("Server error (HTTP \(status))", because: detail(without: status))
    case .unreachable(let reason): Self.sentence("The service can't be reached", because: reason)
    case .timedOut: sentence("The service didn't respond in time")
    case .badResponse(let reason): Self.sentence("The service's response can't be read", because: reason)
    case .tooLarge(let limit):
      sentence("The service's response is larger than \(Self.size(limit)), and the rest was not read")
    case .outcomeUnknown(let cause): Self.sentence("It is unknown whether this was done", because: text(of: cause))
    case .unsupported(let edition): sentence("The \(edition.rawValue) edition of the service can't do this")
    case .readOnly: sentence("Nothing was sent: writing is not allowed here")
    case .cancelled: sentence("The request was cancelled")
    }
  }

  /// What to do about it; `nil` if there is nothing to do.
  public var advice: String? {
    switch code {
    case .unauthorized where isSigningIn, .forbidden where isSigningIn:
      "Check client_id and client_secret: one is wrong, or the client may not use client credentials."
    case .unreachable where isSigningIn: "Check the network, and the address in token_url."
    case .rejected where isSigningIn: "Check token_url and the scopes that the client may request."
    case .unexpectedRedirect where isSigningIn, .badResponse where isSigningIn:
      "Check that token_url is the address of the token endpoint."
    case .unauthorized: "Check the key: it is missing, wrong or expired."
    case .forbidden(let scope?): "Use a key with the scope \(scope)."
    case .forbidden(nil): "Use a key with the permission, or ask an admin of the cloud."
    case .notFound: "Check the list: it may have been deleted."
    case .validation: "Correct the input and try again."
    case .paymentRequired: "Check the account's plan."
    case .rateLimited where !isSigningIn && !request.hasPrefix("GET "):
      "Check whether it was done before you try again: a rate limit doesn't mean that nothing was done."
    case .rateLimited, .server, .timedOut, .rejected(status: 408): "Try again in a moment."
    case .conflict: "Refresh the record."
    case .rejected(404): "Check the service's address and any proxy in front of it."
    case .rejected: nil
    case .unexpectedRedirect: "Check the address of the service."
    case .unreachable: "Check the network, and the address of the service."
    case .badResponse: "Check that the address is that of the API, not of a web page or a proxy."
    case .tooLarge: "Check that the address is that of the API, whose lists are shorter."
    case .outcomeUnknown: "Check the list before you try again."
    case .unsupported: nil
    case .readOnly: "Use a profile that is not read-only, or remove the read-only setting."
    case .cancelled: nil
    }
  }

  /// Whether a write may or may not have been carried out.
  public var isOutcomeUnknown: Bool {
    if case .outcomeUnknown = code { true } else { false }
  }

  /// Whether it is a 404 that isn't in the service's own form, so that only a list tells whether the record exists.
  public var isForeignNotFound: Bool {
    [.rejected(status: 404), .outcomeUnknown(cause: .foreign(status: 404))].contains(code)
  }

  /// Whether the same read may succeed later without anybody changing anything.
  public var isRetryable: Bool {
    switch code {
    case .unreachable, .timedOut, .server, .rateLimited, .rejected(status: 408): true
    default: false
    }
  }

  /// `256 MB`.
  private static func size(_ bytes: Int) -> String {
    bytes >= 1 << 20 ? "\(bytes >> 20) MB" : "\(bytes) bytes"
  }

  private func sentence(_ text: String) -> String {
    Self.sentence(text, because: detail)
  }

  private func text(of cause: UnknownCause) -> String {
    switch cause {
    case .connectionLost(let reason): "the connection was lost (\(reason))"
    case .timedOut: "the service didn't respond in time"
    case .cancelled: "it was cancelled after it was sent"
    case .server(let status): "server error (HTTP \(status))" + (detail(without: status).map { " (\($0))" } ?? "")
    case .badResponse(let reason): "the service's response can't be read (\(reason))"
    case .foreign(let status):
      "the answer is a \(status) that isn't the service's own"
        + (detail(without: status).map { " (\($0))" } ?? "")
    }
  }

  /// The detail without the status, with which pages of proxies begin: `502 Bad Gateway`.
  private func detail(without status: Int) -> String? {
    let start = "\(status) "
    return detail.map { $0.hasPrefix(start) ? String($0.dropFirst(start.count)) : $0 }
  }

  private static func sentence(_ text: String, because reason: String?) -> String {
    guard let reason, !reason.isEmpty else { return text + "." }
    return "\(text): \(reason)" + (reason.last.map { ".!?".contains($0) } == true ? "" : ".")
  }
}

extension CloudAPIError: CustomStringConvertible {
  /// The request and the message.
  public var description: String { "\(request): \(message)" }
}

extension String {
  /// Without a full stop at its end.
  fileprivate var trimmingStop: Substring { hasSuffix(".") ? dropLast() : self[...] }
}

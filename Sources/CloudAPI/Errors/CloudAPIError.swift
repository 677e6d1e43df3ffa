public import FoundationEssentials

/// Why an operation failed: what kind of failure it is, which request it was, and what the service said of it.
public struct CloudAPIError: Error, Hashable, Sendable {
  /// The kinds of failure, each with what a caller needs to act on it.
  public enum Code: Hashable, Sendable {
    /// 401: the key is missing, wrong or expired.
    case unauthorized
    /// 403: the key lacks a right; `scope` names the one the operation is documented to need.
    case forbidden(scope: String?)
    /// 404 in the service's own form: absent, or hidden from this key.
    case notFound
    /// 400 with messages by field name, in the order of the answer's names sorted; "" holds those about no field.
    case validation(fields: [String: [String]])
    /// 402.
    case paymentRequired
    /// 429; `until` is when the service lets the key try again, where it said so.
    case rateLimited(until: Date?)
    /// 409.
    case conflict
    /// Another 4xx; also a 404 that isn't in the service's own form, which tells nothing of a record.
    case rejected(status: Int)
    /// 3xx where none is followed; `location` is where it pointed.
    case unexpectedRedirect(location: String)
    /// 5xx in answer to a read.
    case server(status: Int)
    /// The service could not be reached, and nothing was sent; of a read also: the connection was lost.
    case unreachable(reason: String)
    /// A read took longer than its time limit.
    case timedOut
    /// An answer that can't be read; `reason` says which field and why.
    case badResponse(reason: String)
    /// An answer to a read that is larger than what is read of one; `limit` is that, in bytes.
    case tooLarge(limit: Int)
    /// A write was sent and its answer lost: it may have been carried out.
    case outcomeUnknown(cause: UnknownCause)
    /// The service's edition lacks the operation, or what was asked of it; nothing was sent.
    case unsupported(Edition)
    /// The client was made for reading only, and the operation writes; nothing was sent.
    case readOnly
    /// The calling task was cancelled before anything was sent, or while reading.
    case cancelled
  }

  /// How the answer to a write was lost.
  public enum UnknownCause: Hashable, Sendable {
    case connectionLost(reason: String)
    case timedOut
    case cancelled
    /// 5xx from the service or a proxy before it, which may have come after the write was applied.
    case server(status: Int)
    /// The service said it was done, in an answer that can't be read, or that is about something else.
    case badResponse(reason: String)
    /// A status that the service answers in another form: a proxy before it may have answered in its place.
    case foreign(status: Int)
  }

  public let code: Code
  /// `GET /cloud/3/user`: method and path of the request; of one for a token, `POST` and its whole address.
  public let request: String
  /// What the service said, `detail` or the like, where it said something readable.
  public let detail: String?

  /// Whether it was the request for a token that failed. Of the operation that needed it, nothing was sent.
  public let isSigningIn: Bool

  public init(_ code: Code, request: String, detail: String? = nil, isSigningIn: Bool = false) {
    self.code = code
    self.request = request
    self.detail = detail
    self.isSigningIn = isSigningIn
  }
}

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
internal import NIOSSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension TransportError {
  /// The meaning of an HTTP client's error for the request.
  ///
  /// - Parameter isSent: whether the request was handed to a connection. The errors don't tell: the same reset comes
  ///   from a connection that is being opened and from one that carries a request.
  init(_ error: any Error, isSent: Bool) {
    guard isSent else {
      self = .notConnected(reason: Self.reason(of: error))
      return
    }
    switch error as? HTTPClientError {
    case .cancelled?: self = .cancelled
    case .deadlineExceeded?: self = .timedOut
    case nil where error is CancellationError: self = .cancelled
    default: self = .connectionLost(reason: Self.reason(of: error))
    }
  }

  /// What went wrong, in this project's words: the errors' own could repeat a header field, and with it the key, and
  /// don't help a person.
  package static func reason(of error: any Error) -> String {
    switch error {
    case let error as HTTPClientError: reason(of: error)
    case let error as NIOConnectionError: reason(of: error)
    case let error as IOError: reason(of: error)
    case is CancellationError: "cancelled"
    case let error as ChannelError: reason(of: error)
    case NIOSSLError.uncleanShutdown: "the service closed the connection"
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      "the connection can't be secured: the service's certificate is for another host name"
    case is BoringSSLError, is NIOSSLError, is NIOSSLExtraError: reason(ofTLS: "\(error)")
    case HTTPParserError.invalidEOFState: "the response was cut off"
    case is HTTPParserError, is NIOHTTPDecoderError, is MalformedAnswer: "the response isn't HTTP"
    default: "the connection failed"
    }
  }

  private static func reason(of error: HTTPClientError) -> String {
    switch error {
    case .remoteConnectionClosed: "the service closed the connection"
    case .getConnectionFromPoolTimeout: "no connection became free in time"
    case .connectTimeout, .tlsHandshakeTimeout, .deadlineExceeded, .httpProxyHandshakeTimeout:
      "no connection was made in time"
    case .proxyAuthenticationRequired: "the proxy requires a user name and password"
    case .invalidProxyResponse: "the proxy refuses to connect"
    default: error.shortDescription.lowercased()
    }
  }

  private static func reason(of error: ChannelError) -> String {
    switch error {
    case .connectTimeout: "no connection was made in time"
    case .ioOnClosedChannel, .alreadyClosed, .inputClosed, .outputClosed, .eof: "the service closed the connection"
    default: "the connection failed"
    }
  }

  /// BoringSSL gives the reason only in the names of its errors, and no reason for a certificate that it refuses: an
  /// unknown authority and an expired certificate look the same.
  private static func reason(ofTLS error: String) -> String {
    let tooOld = "the service speaks only versions of TLS that are too old (1.2 is needed)"
    let names = [
      (
        "CERTIFICATE_VERIFY_FAILED",
        "its certificate isn't signed by an authority that is trusted here (set ca_file), has expired or isn't for "
          + "servers; skydeck doctor tells which"
      ),
      ("WRONG_VERSION_NUMBER", "the service doesn't speak TLS there"),
      ("UNSUPPORTED_PROTOCOL", tooOld),
      ("ALERT_PROTOCOL_VERSION", tooOld),
      ("NO_SHARED_CIPHER", "the service speaks no cipher that is known here"),
      ("CERTIFICATE_REQUIRED", "the service asks for a certificate of the client, which can't be given"),
      ("UNRECOGNIZED_NAME", "the service doesn't know this host name"),
      ("EOF during handshake", "the service closed the connection"),
      ("zeroReturn", "the service closed the connection"),
      ("syscallError", "the service broke the connection"),
    ]
    let known = names.first { error.contains($0.0) }?.1
    return "the connection can't be secured: \(known ?? nameOfTLSError(error) ?? "TLS failed")"
  }

  /// The name of BoringSSL's error in words: `tlsv1 alert internal error`.
  private static func nameOfTLSError(_ error: String) -> String? {
    guard let mark = error.firstRange(of: "OPENSSL_internal:") else { return nil }
    let name = error[mark.upperBound...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    return name.isEmpty ? nil : name.lowercased().replacing("_", with: " ")
  }

  private static func reason(of error: NIOConnectionError) -> String {
    guard let failure = error.connectionErrors.first?.error else {
      return "the name \(error.host) isn't known"
    }
    return reason(of: failure)
  }

  private static func reason(of error: IOError) -> String {
    switch error.errnoCode {
    case ECONNREFUSED: "the connection was refused"
    case ECONNRESET, EPIPE: "the service broke the connection"
    case EHOSTUNREACH, ENETUNREACH: "there is no way to the host"
    case ETIMEDOUT: "the host doesn't respond"
    default: "error number \(error.errnoCode)"
    }
  }
}

import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension TransportError {
  /// What an error of the HTTP client means for the request. Whatever isn't known to come before a connection counts
  /// as a lost one, because the request may have been carried out.
  ///
  /// The errors' own descriptions are not used where they could repeat a header field, and with it the key.
  init(_ error: any Error) {
    switch error {
    case is CancellationError: self = .cancelled
    case let error as HTTPClientError: self.init(client: error)
    case let error as NIOConnectionError: self = .notConnected(reason: Self.reason(of: error))
    case ChannelError.connectTimeout: self = .notConnected(reason: "no connection came about in time")
    case is BoringSSLError, is NIOSSLExtraError, NIOSSLError.handshakeFailed:
      self = .notConnected(reason: "the connection can't be secured (\(error))")
    case let error as IOError: self = .connectionLost(reason: Self.reason(of: error))
    case NIOSSLError.uncleanShutdown: self = .connectionLost(reason: "the service closed the connection")
    default: self = .connectionLost(reason: "\(type(of: error))")
    }
  }

  private init(client error: HTTPClientError) {
    switch error {
    case .cancelled: self = .cancelled
    case .deadlineExceeded, .readTimeout, .writeTimeout: self = .timedOut
    case .connectTimeout, .tlsHandshakeTimeout, .socksHandshakeTimeout, .httpProxyHandshakeTimeout:
      self = .notConnected(reason: "no connection came about in time")
    case .getConnectionFromPoolTimeout:
      self = .notConnected(reason: "no connection became free in time")
    case .alreadyShutdown, .invalidURL, .emptyHost, .emptyScheme, .invalidProxyResponse, .proxyAuthenticationRequired:
      self = .notConnected(reason: error.shortDescription)
    case .remoteConnectionClosed:
      self = .connectionLost(reason: "the service closed the connection")
    default:
      self = .connectionLost(reason: error.shortDescription)
    }
  }

  private static func reason(of error: NIOConnectionError) -> String {
    guard let failure = error.connectionErrors.first?.error else {
      return "the name \(error.host) isn't known"
    }
    return (failure as? IOError).map { reason(of: $0) } ?? "no connection came about in time"
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

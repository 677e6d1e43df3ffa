import AsyncHTTPClient
import NIOCore
import NIOHTTP1
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
  /// What an error of the HTTP client means for the request.
  ///
  /// - Parameter isSent: whether the request was handed to a connection. The errors don't tell: the same reset comes
  ///   from a connection that is being made and from one that carries a request.
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

  /// What went wrong, in words of this project: the errors' own could repeat a header field, and with it the key.
  private static func reason(of error: any Error) -> String {
    switch error {
    case let error as HTTPClientError: reason(of: error)
    case let error as NIOConnectionError: reason(of: error)
    case let error as IOError: reason(of: error)
    case is CancellationError: "cancelled"
    case ChannelError.connectTimeout: "no connection came about in time"
    case NIOSSLError.uncleanShutdown: "the service closed the connection"
    case is BoringSSLError, is NIOSSLError, is NIOSSLExtraError: "the connection can't be secured (\(error))"
    case is HTTPParserError: "the answer isn't HTTP"
    default: "\(type(of: error))"
    }
  }

  private static func reason(of error: HTTPClientError) -> String {
    switch error {
    case .remoteConnectionClosed: "the service closed the connection"
    case .getConnectionFromPoolTimeout: "no connection became free in time"
    case .connectTimeout, .tlsHandshakeTimeout, .deadlineExceeded: "no connection came about in time"
    default: error.shortDescription
    }
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

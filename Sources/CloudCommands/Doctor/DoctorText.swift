import CloudAPI
import FoundationEssentials
import NIOCore
import NIOPosix

#if canImport(Glibc)
  import Glibc
#endif

/// The thread that connections of checks live on.
enum DoctorEventLoops {
  static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
}

/// Figures and reasons as checks say them.
enum DoctorText {
  /// To the tenth below ten: `0.4 ms`, `23 ms`.
  static func milliseconds(_ microseconds: Double) -> String {
    let tenths = Int((microseconds / 100).rounded())
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) ms" : "\((tenths + 5) / 10) ms"
  }

  static func reason(of error: any Error) -> String {
    switch error {
    case let error as IOError: String(cString: strerror(error.errnoCode))
    case let error as NIOConnectionError:
      error.connectionErrors.first.map { reason(of: $0.error) } ?? "the name isn't known"
    default: TransportError.reason(of: error)
    }
  }

  /// The text of an error of the client with what to do about it.
  static func finding(_ check: String, _ error: CloudAPIError) -> Finding {
    .failure(check, error.message, advice: error.advice(at: Date()), error.exitStatus)
  }
}

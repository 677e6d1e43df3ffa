import NIOCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why the server can't start.
struct ListeningError: Error, CustomStringConvertible {
  let host: String
  let port: Int
  let cause: any Error

  var description: String {
    let reason = (cause as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(cause)"
    return "can't listen on \(host), port \(port): \(reason)"
  }
}

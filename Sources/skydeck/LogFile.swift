import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials
import Logging
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// The file of `--log-file`: a line for each attempt at a request and its result, and a last one with the longest time
/// during which no key was handled. It contains no key and no body.
struct LogFile {
  struct OpenError: Error {
    let message: String
  }

  let logger: Logger

  /// Opens the file for appending; only its owner can read a new file.
  init(path: String) throws(OpenError) {
    let descriptor: Int32
    do throws(RegularFile.Failure) {
      descriptor = try RegularFile.open(path, O_WRONLY | O_CREAT | O_APPEND, links: .own).descriptor
    } catch {
      let what = if case .system(let reason) = error { "can't be written: \(reason)" } else { error.message }
      throw OpenError(message: "The log file \(path) \(what).")
    }
    logger = Logger(label: "skydeck") { _ in FileLogHandler(descriptor: descriptor) }
  }
}

/// Writes whole lines to a file, even from several threads.
private struct FileLogHandler: LogHandler {
  let descriptor: Int32
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let fields = metadata.merging(event.metadata ?? [:]) { _, new in new }
      .sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let text = PlainText.harmless("\(event.level) \(event.message)\(fields)")
    let line = Array("\(LocalTime.full(Date())) \(text)\n".utf8)
    // One write per line: lines in a file opened for appending stay whole.
    _ = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }
}

extension Logger {
  /// Logs the result of an attempt.
  func record(_ event: RequestEvent) {
    switch event.kind {
    case .started: break
    case .finished(let status, let bytes, let duration):
      info(
        "\(event.method) \(event.path)", metadata: ["status": "\(status)", "bytes": "\(bytes)", "time": "\(duration)"])
    case .failed(let error, let duration):
      warning("\(event.method) \(event.path)", metadata: ["error": "\(error.message)", "time": "\(duration)"])
    }
  }
}

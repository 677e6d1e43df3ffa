import ChildProgram
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A program in its own session, so that it can't write to the terminal and can be killed with all its children.
///
/// swift-subprocess isn't used, because it starts programs on a thread of its own and has no hook there on Linux, so
/// that the limit on core files couldn't be lifted for the program only.
final class ChildProcess: Sendable {
  /// How the program ended, and its output.
  struct End {
    /// Whether it ended before the deadline.
    let isInTime: Bool
    /// Its exit status; for a signal 128 plus its number, as in shells.
    let status: Int32
    let output: [UInt8]
    let errors: [UInt8]
  }

  /// The most bytes that are kept of each stream.
  private static let outputLimit = 65_536

  private let output: Int32
  private let errors: Int32
  /// `nil` once the process is reaped, because its number may be reused.
  private let identifier: Mutex<pid_t?>

  /// Starts a program with empty input and without this process's signal settings.
  ///
  /// - Parameter words: the program's arguments, its own name first.
  init(_ file: String, _ words: [String], environment: [String: String]) throws(ChildProgram.StartError) {
    let output = try Self.pipe()
    let errors: (reading: Int32, writing: Int32)
    do throws(ChildProgram.StartError) {
      errors = try Self.pipe()
    } catch {
      close(output.reading)
      close(output.writing)
      throw error
    }
    defer {
      close(output.writing)
      close(errors.writing)
    }
    do throws(ChildProgram.StartError) {
      let number = try ChildProgram.start(
        file, words, environment: environment, as: .background(output: output.writing, errors: errors.writing))
      identifier = Mutex(number)
    } catch {
      close(output.reading)
      close(errors.reading)
      throw error
    }
    self.output = output.reading
    self.errors = errors.reading
  }

  deinit {
    close(output)
    close(errors)
  }

  /// Kills the program and its children.
  func kill() {
    identifier.withLock { number in
      if let number { _ = Glibc.kill(-number, SIGKILL) }
    }
  }

  /// Reads the output until the program ends; kills it and its children at the deadline. A process that it leaves
  /// running, such as an agent, continues, even if it keeps the streams open. Blocks the thread.
  func finish(by deadline: ContinuousClock.Instant) -> End {
    var streams = [Stream(descriptor: output), Stream(descriptor: errors)]
    var isInTime = true
    var status: Int32 = 0
    while isInTime, !isGone(&status) {
      let isRead = streams.contains(where: \.isOpen)
      // A program that closed its streams is about to end; if another process keeps them open, no event tells of its
      // end.
      Stream.read(&streams, within: isRead ? .milliseconds(20) : .milliseconds(2), limit: Self.outputLimit)
      isInTime = ContinuousClock.now < deadline
    }
    if !isInTime {
      kill()
      while !isGone(&status) { poll(nil, 0, 1) }
    }
    // Reads the rest of the output.
    while Stream.read(&streams, within: .zero, limit: Self.outputLimit) {}
    let signal = status & 0x7F
    return End(
      isInTime: isInTime, status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: streams[0].bytes,
      errors: streams[1].bytes)
  }

  private func isGone(_ status: inout Int32) -> Bool {
    identifier.withLock { number in
      guard let running = number else { return true }
      guard waitpid(running, &status, WNOHANG) != 0 else { return false }
      number = nil
      return true
    }
  }

  private static func pipe() throws(ChildProgram.StartError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw ChildProgram.StartError(reason: String(cString: strerror(errno))) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}

/// One output stream of a program.
private struct Stream {
  let descriptor: Int32
  var isOpen = true
  var bytes: [UInt8] = []

  /// Waits until one of the streams has data, and reads it.
  ///
  /// - Returns: whether any of it was kept.
  @discardableResult
  static func read(_ streams: inout [Stream], within time: Duration, limit: Int) -> Bool {
    var polled = streams.map { pollfd(fd: $0.isOpen ? $0.descriptor : -1, events: Int16(POLLIN), revents: 0) }
    poll(&polled, nfds_t(polled.count), Int32(time / .milliseconds(1)))
    let before = streams.map(\.bytes.count)
    for index in streams.indices where polled[index].revents != 0 {
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = Glibc.read(streams[index].descriptor, &chunk, chunk.count)
      if count > 0 {
        // Data beyond the limit is read and dropped, so that the program isn't blocked.
        streams[index].bytes += chunk[..<min(count, max(0, limit - streams[index].bytes.count))]
      } else if count == 0 || errno != EINTR {
        streams[index].isOpen = false
      }
    }
    return streams.map(\.bytes.count) != before
  }
}

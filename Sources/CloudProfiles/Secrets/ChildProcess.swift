import ChildProgram
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A program in a session of its own, so that it can't draw on the terminal and can be ended with all that it started.
///
/// swift-subprocess starts programs on a thread of its own, and on Linux lets nobody in there: what limits core files
/// couldn't be lifted for the program alone.
final class ChildProcess: Sendable {
  /// How it ended, and what it wrote.
  struct End {
    /// Whether it ended by itself.
    let isInTime: Bool
    /// Its exit status; 128 and the number of the signal that ended it, as shells count.
    let status: Int32
    let output: [UInt8]
    let errors: [UInt8]
  }

  /// What is kept of each stream, in bytes.
  private static let outputLimit = 65_536

  private let output: Int32
  private let errors: Int32
  /// `nil` once it is gone, when its number may be another's.
  private let identifier: Mutex<pid_t?>

  /// Starts the program in a file, with nothing to read and none of this one's signal settings.
  ///
  /// - Parameter words: as the program gets them, its own name first.
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

  /// Ends it with all that it started.
  func kill() {
    identifier.withLock { number in
      if let number { _ = Glibc.kill(-number, SIGKILL) }
    }
  }

  /// Reads what it writes until it ends, and ends it at the deadline with all that it started. What it leaves running by
  /// itself, such as an agent, goes on, even where that holds its streams open. Holds up the thread.
  func finish(by deadline: ContinuousClock.Instant) -> End {
    var streams = [Stream(descriptor: output), Stream(descriptor: errors)]
    var isInTime = true
    var status: Int32 = 0
    while isInTime, !isGone(&status) {
      let isRead = streams.contains(where: \.isOpen)
      // One that has closed its streams is about to end; no event tells when one has ended that left them to others.
      Stream.read(&streams, within: isRead ? .milliseconds(20) : .milliseconds(2), limit: Self.outputLimit)
      isInTime = ContinuousClock.now < deadline
    }
    if !isInTime {
      kill()
      while !isGone(&status) { poll(nil, 0, 1) }
    }
    // What it wrote last.
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

/// One stream of a program while it is read.
private struct Stream {
  let descriptor: Int32
  var isOpen = true
  var bytes: [UInt8] = []

  /// Waits until one of the streams has something, and reads it.
  ///
  /// - Returns: whether something was kept of it.
  @discardableResult
  static func read(_ streams: inout [Stream], within time: Duration, limit: Int) -> Bool {
    var polled = streams.map { pollfd(fd: $0.isOpen ? $0.descriptor : -1, events: Int16(POLLIN), revents: 0) }
    poll(&polled, nfds_t(polled.count), Int32(time / .milliseconds(1)))
    let before = streams.map(\.bytes.count)
    for index in streams.indices where polled[index].revents != 0 {
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = Glibc.read(streams[index].descriptor, &chunk, chunk.count)
      if count > 0 {
        // What is beyond the limit is read and forgotten, so that the program doesn't wait for it to be.
        streams[index].bytes += chunk[..<min(count, max(0, limit - streams[index].bytes.count))]
      } else if count == 0 || errno != EINTR {
        streams[index].isOpen = false
      }
    }
    return streams.map(\.bytes.count) != before
  }
}

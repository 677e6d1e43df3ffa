import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A new file that only its owner can read, and that takes its name once it is whole. Until then it is beside that name
/// under another one, and it is removed if it never takes it.
package final class FileReplacement: Sendable {
  /// What the system refused, with its number of the error.
  package struct Failure: Error, Equatable {
    package enum Step: Equatable {
      case create, protect, write, place
    }

    package let step: Step
    package let number: Int32

    package init(step: Step, number: Int32) {
      self.step = step
      self.number = number
    }
  }

  /// What may have the name already.
  package enum Replaced: Sendable {
    case anything, nothing
  }

  private struct State {
    var descriptor: Int32?
    var isPlaced = false
  }

  package let target: String
  private let temporary: String
  private let state: Mutex<State>

  /// Creates the file. Symbolic links in the target's name are not followed.
  package init(of target: String) throws(Failure) {
    var template = Array("\(target)-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    let number = errno
    self.target = target
    temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    state = Mutex(State(descriptor: descriptor >= 0 ? descriptor : nil))
    guard descriptor >= 0 else { throw Failure(step: .create, number: number) }
    guard fchmod(descriptor, 0o600) == 0 else { throw Failure(step: .protect, number: errno) }
  }

  deinit {
    state.withLock { state in
      guard let descriptor = state.descriptor else { return }
      close(descriptor)
      if !state.isPlaced { unlink(temporary) }
    }
  }

  package func write(_ bytes: [UInt8]) throws(Failure) {
    try state.withLock { state throws(Failure) in
      guard let descriptor = state.descriptor else { return }
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw Failure(step: .write, number: errno) }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Makes what was written durable. Then it is known that the disk has room for it.
  package func synchronize() throws(Failure) {
    try state.withLock { state throws(Failure) in
      guard let descriptor = state.descriptor, fsync(descriptor) == 0 else {
        throw Failure(step: .write, number: errno)
      }
    }
  }

  /// Gives the file its name, durably.
  ///
  /// - Parameter replaced: with `nothing`, a file that has the name stays, and the number of the error is `EEXIST`.
  package func place(replacing replaced: Replaced = .anything) throws(Failure) {
    try state.withLock { state throws(Failure) in
      try place(replacing: replaced, &state)
    }
    let slash = target.lastIndex(of: "/")
    let directory = slash.map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func place(replacing replaced: Replaced, _ state: inout State) throws(Failure) {
    if case .nothing = replaced {
      if link(temporary, target) == 0 {
        unlink(temporary)
        state.isPlaced = true
        return
      }
      // Some file systems have no second names.
      var status = stat()
      guard [EPERM, ENOTSUP, ENOSYS, EMLINK].contains(errno), lstat(target, &status) != 0 else {
        throw Failure(step: .place, number: errno == 0 ? EEXIST : errno)
      }
    }
    guard rename(temporary, target) == 0 else { throw Failure(step: .place, number: errno) }
    state.isPlaced = true
  }

  /// Removes the file from its folder, whatever is still being written, because the program ends.
  package func abandon() {
    unlink(temporary)
  }
}

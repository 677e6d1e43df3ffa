import CloudAPI

#if canImport(Glibc)
  import Glibc
#endif

/// A file that is replaced as a whole, with permissions for its owner only.
struct AtomicFile {
  let path: String
  /// How long to wait for other programs that change it.
  var patience = standardPatience

  static let standardPatience = Duration.seconds(8)

  /// Runs `body`, which reads and replaces the file, under a lock that all callers of this function take. Missing
  /// folders are created for the owner only. Blocks the thread; cancelling the task ends the wait.
  func whileLocked(_ body: () throws(SettingsError) -> Void) throws(SettingsError) {
    let target = try target()
    try makeDirectory(PathExpansion.directory(of: target))
    let lock: FileLock
    do throws(FileLock.Failure) {
      lock = try FileLock(at: target + ".lock", within: patience)
    } catch {
      switch error {
      case .taken:
        throw SettingsError(
          "Another program has been changing the configuration file \(path) for \(DurationText.text(patience)). Nothing "
            + "was changed: try again.")
      case .cancelled:
        throw SettingsError("Another program is changing the configuration file \(path). Nothing was changed.")
      case .system(let number): throw failure("can't be written", number)
      }
    }
    defer { lock.release() }
    try body()
  }

  /// Replaces the content; if the path is a symbolic link, its target is replaced.
  ///
  /// - Parameter old: the content when it was read; `nil` if the file didn't exist. If it has changed since, nothing is
  ///   replaced.
  func replace(_ old: String?, with new: String) throws(SettingsError) {
    let target = try target()
    let file = try saying { () throws(FileReplacement.Failure) in
      let file = try FileReplacement(of: target)
      try file.write(Array(new.utf8))
      try file.synchronize()
      return file
    }
    try requireUnchanged(old)
    try saying { () throws(FileReplacement.Failure) in try file.place() }
  }

  /// Does something with the new file, and says what failed.
  private func saying<Value>(
    _ body: () throws(FileReplacement.Failure) -> Value
  ) throws(SettingsError) -> Value {
    do throws(FileReplacement.Failure) {
      return try body()
    } catch {
      let what =
        switch error.step {
        case .create, .write: "can't be written"
        case .protect: "can't be made private"
        case .place: "can't be replaced"
        }
      throw failure(what, error.number)
    }
  }

  /// The file's path with all symbolic links resolved.
  private func target() throws(SettingsError) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    let number = errno
    var status = stat()
    let isAbsent = number == ENOENT && lstat(path, &status) != 0
    // It may also be a file that another program has just made.
    guard isAbsent || number == ENOENT && status.st_mode & S_IFMT != S_IFLNK else {
      throw failure("is a link that can't be followed", number)
    }
    return path
  }

  private func makeDirectory(_ directory: String) throws(SettingsError) {
    if mkdir(directory, 0o700) == 0 || errno == EEXIST { return }
    let parent = PathExpansion.directory(of: directory)
    guard errno == ENOENT, parent != directory else { throw failure("can't be made") }
    try makeDirectory(parent)
    guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw failure("can't be made") }
  }

  private func requireUnchanged(_ old: String?) throws(SettingsError) {
    let now: [UInt8]?
    do throws(RegularFile.Failure) {
      now = try RegularFile(readingAt: path, limit: ConfigurationFile.sizeLimit).bytes
    } catch {
      guard error == .absent else { throw SettingsError("The configuration file \(path) \(error.message).") }
      now = nil
    }
    guard now == old.map({ Array($0.utf8) }) else {
      throw SettingsError("The configuration file \(path) was changed meanwhile, so it was left as it is: try again.")
    }
  }

  private func failure(_ what: String, _ number: Int32 = errno) -> SettingsError {
    SettingsError("The configuration file \(path) \(what): \(String(cString: strerror(number))).")
  }
}

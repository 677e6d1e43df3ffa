import ChildProgram
import Dispatch

#if canImport(Glibc)
  import Glibc
#endif

/// A program that prints a key, run without a shell.
struct KeyCommand {
  /// Its name or path, then its arguments.
  let words: [String]
  /// The configuration file that names the program; `nil` for none.
  var file: String?
  let environment: [String: String]
  var timeLimit: Duration = .seconds(10)

  /// The program's output as text.
  ///
  /// - Throws: `SettingsError` if it can't be started, fails or takes too long, with its standard error but never its
  ///   output. Cancelling kills it.
  func output() async throws(SettingsError) -> String {
    let program = try program()
    let child: ChildProcess
    do throws(ChildProgram.StartError) {
      child = try ChildProcess(program.path, words, environment: environment)
    } catch {
      throw SettingsError("\(subject) can't be started: \(error.reason).")
    }
    let deadline = ContinuousClock.now + timeLimit
    let end = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // Waiting blocks a thread, so it gets its own.
        DispatchQueue(label: "key command").async { continuation.resume(returning: child.finish(by: deadline)) }
      }
    } onCancel: {
      child.kill()
    }
    guard end.isInTime else {
      throw SettingsError("\(subject) was ended after \(DurationText.text(timeLimit)).")
    }
    guard end.status == 0 else {
      let said = Self.lastLines(of: end.errors)
      throw SettingsError(
        "\(subject) ended with status \(end.status)"
          + (said.isEmpty ? "." : ":\n\(said)"))
    }
    return String(decoding: end.output, as: UTF8.self)
  }

  /// The program's file.
  ///
  /// - Throws: `SettingsError` if there is none, or if others could have changed the configuration file that names it.
  func program() throws(SettingsError) -> ProgramFile {
    do throws(TrustedPath.Weakness) {
      if let file { try TrustedPath.check(file) }
    } catch {
      throw SettingsError("\(subject) isn't run, because \(error.message)")
    }
    do throws(ProgramFile.Missing) {
      return try ProgramFile(words.first ?? "", environment: environment)
    } catch {
      throw SettingsError("\(subject) \(error.reason).")
    }
  }

  private var subject: String { "The command \(words.first ?? ""), which should print the key," }

  /// The end of a program's error output, which is the most informative part.
  private static func lastLines(of bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).suffix(5)
      .map { "  \($0.prefix(200))" }.joined(separator: "\n")
  }
}

/// The file of a program to run.
struct ProgramFile {
  struct Missing: Error {
    /// The end of a sentence that begins with the program.
    let reason: String
  }

  let path: String

  /// - Parameters:
  ///   - name: a path, or a name that is searched for in PATH. Parts of PATH that aren't absolute are skipped: the
  ///     result must not depend on the working directory.
  init(_ name: String, environment: [String: String]) throws(Missing) {
    guard !name.contains("/") else {
      if let reason = Self.whyNotAProgram(name) { throw Missing(reason: reason) }
      path = name
      return
    }
    let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").filter {
      $0.first == "/"
    }
    let found = folders.map { "\($0)/\(name)" }
    guard let path = found.first(where: { Self.whyNotAProgram($0) == nil }) else {
      throw Missing(reason: "is not in PATH")
    }
    self.path = path
  }

  private static func whyNotAProgram(_ path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return errno == ENOENT ? "does not exist" : "can't be run: \(String(cString: strerror(errno)))"
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return "is not a file that can be run" }
    return access(path, X_OK) == 0 ? nil : "can't be run: \(String(cString: strerror(errno)))"
  }
}

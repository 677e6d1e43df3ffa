import Dispatch

/// A program that prints a key, run without a shell.
struct KeyCommand {
  /// Its name or path, then its arguments.
  let words: [String]
  /// The configuration file that names it; `nil` for none.
  var file: String?
  let environment: [String: String]
  var timeLimit: Duration = .seconds(10)

  /// What it prints, as text.
  ///
  /// - Throws: `SettingsError` where it can't be started, fails or takes too long, with what it wrote to its standard
  ///   error and never what it printed. Cancelling ends it.
  func output() async throws(SettingsError) -> String {
    let program = try program()
    let child: ChildProcess
    do throws(ChildProcess.StartError) {
      child = try ChildProcess(program.path, words, environment: environment)
    } catch {
      throw SettingsError("\(subject) can't be started: \(error.reason).")
    }
    let deadline = ContinuousClock.now + timeLimit
    let end = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // Waiting holds up a thread, so it is one of its own.
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

  /// The file of the program.
  ///
  /// - Throws: `SettingsError` where there is none, or where others could have named it.
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

  /// The end of what a program complains of, which says most.
  private static func lastLines(of bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).suffix(5)
      .map { "  \($0.prefix(200))" }.joined(separator: "\n")
  }
}

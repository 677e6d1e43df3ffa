public import ArgumentParser

/// A command that runs in a given environment.
public protocol EnvironmentCommand: ParsableCommand, Sendable {
  /// Whether its failures are printed as JSON.
  var saysJSON: Bool { get }

  /// - Returns: the exit status.
  /// - Throws: `ValidationError` if the command line is invalid.
  func run(in environment: CommandEnvironment) async throws -> Int32
}

extension EnvironmentCommand {
  public var saysJSON: Bool { false }
}

/// Runs a command line, from its words to its exit status.
public struct CommandLineRun {
  private let root: any ParsableCommand.Type
  private let words: [String]
  private let environment: CommandEnvironment

  /// - Parameter words: the arguments after the program's name.
  public init(_ root: any ParsableCommand.Type, _ words: [String], in environment: CommandEnvironment) {
    self.root = root
    self.words = words
    self.environment = environment
  }

  /// - Parameter check: throws for a parsed command that is not allowed.
  /// - Returns: the exit status.
  public func status(check: @Sendable (any ParsableCommand) throws -> Void = { _ in }) async -> Int32 {
    do {
      var command = try ProfileName.$variables.withValue(environment.variables) { try root.parseAsRoot(words) }
      try check(command)
      guard let runnable = command as? any EnvironmentCommand else {
        try command.run()
        return ExitStatus.done.rawValue
      }
      return await environment.written(try await runnable.run(in: environment), asJSON: runnable.saysJSON)
    } catch {
      return await status(after: error)
    }
  }

  /// Prints the error of the parser: help and versions on standard output, an invalid command line as one line on
  /// standard error, which is JSON after `-o json`.
  public func status(after error: any Error) async -> Int32 {
    let status = root.exitCode(for: error)
    if status == .validationFailure {
      return await refused(ErrorReport(code: "usage", message: message(error), status: .usage))
    }
    let text = root.fullMessage(for: error)
    if !text.isEmpty { (status == .success ? environment.output : environment.errors).line(text) }
    return await environment.written(status.rawValue, asJSON: false)
  }

  /// Prints why the settings can't be used.
  public func status(settings message: String) async -> Int32 {
    await refused(ErrorReport(code: "configuration", message: message, status: .configuration))
  }

  private func refused(_ report: ErrorReport) async -> Int32 {
    environment.errors.line(report.line(asJSON: wantsJSON))
    await environment.errors.flush()
    return report.exitStatus
  }

  /// The error with a pointer to the help, which is the last line of the parser's full message.
  private func message(_ error: any Error) -> String {
    let hint = root.fullMessage(for: error).split(separator: "\n").last.map { $0.drop { $0 == " " } } ?? ""
    let parsed = root.message(for: error)
    let message = UnknownCommand(words, of: root, message: parsed)?.text ?? parsed
    return hint.hasPrefix("See ") ? message + (".?".contains(message.last ?? "x") ? " " : ". ") + hint : message
  }

  private var wantsJSON: Bool {
    words.contains { ["-ojson", "-o=json", "--output=json"].contains($0) }
      || zip(words, words.dropFirst()).contains { ["-o", "--output"].contains($0) && $1 == "json" }
  }
}

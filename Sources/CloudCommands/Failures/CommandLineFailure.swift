public import ArgumentParser

#if canImport(Glibc)
  import Glibc
#endif

/// What parsing or running a command line threw, as the process ends with it.
public enum CommandLineFailure {
  /// Ends the process: help and versions on standard output, a mistake as one line on standard error, JSON where
  /// `-o json` asked for it.
  public static func exit(
    _ root: any ParsableCommand.Type, after error: any Error, arguments: [String]
  ) -> Never {
    if !(error is ExitCode), root.exitCode(for: error) == .success {
      Glibc.exit(StandardOutput.print(root.fullMessage(for: error) + "\n").rawValue)
    }
    guard !(error is ExitCode), root.exitCode(for: error) == .validationFailure else { root.exit(withError: error) }
    let report = ErrorReport(code: "usage", message: message(root, error), status: .usage)
    StandardError.print(report.line(asJSON: wantsJSON(arguments)))
    Glibc.exit(ExitStatus.usage.rawValue)
  }

  /// Ends the process because of settings that can't be used.
  public static func exit(settings message: String, arguments: [String]) -> Never {
    let report = ErrorReport(code: "configuration", message: message, status: .configuration)
    StandardError.print(report.line(asJSON: wantsJSON(arguments)))
    Glibc.exit(ExitStatus.configuration.rawValue)
  }

  /// What is wrong, and where to read how it is right: the last line of what the parser has to say.
  private static func message(_ root: any ParsableCommand.Type, _ error: any Error) -> String {
    let hint = root.fullMessage(for: error).split(separator: "\n").last.map { $0.drop { $0 == " " } } ?? ""
    let message = root.message(for: error)
    return hint.hasPrefix("See ") ? message + (message.last == "." ? " " : ". ") + hint : message
  }

  private static func wantsJSON(_ arguments: [String]) -> Bool {
    arguments.contains { ["-ojson", "-o=json", "--output=json"].contains($0) }
      || zip(arguments, arguments.dropFirst()).contains { ["-o", "--output"].contains($0) && $1 == "json" }
  }
}

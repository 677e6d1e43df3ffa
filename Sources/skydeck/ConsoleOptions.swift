import ArgumentParser

/// Options that only the console takes. They are parsed with the root command, which every command line begins with.
enum ConsoleOptions {
  private static let names = [
    "--cloud", "--pane", "--log-file", "--theme", "--ascii", "--screen-reader", "--low-bandwidth",
  ]

  /// - Throws: `ValidationError` where a command is given one: it would do nothing.
  static func refuse(in arguments: [String]) throws {
    for argument in arguments.prefix(while: { $0 != "--" }) {
      let name = String(argument.prefix { $0 != "=" })
      guard names.contains(name) else { continue }
      let instead = name == "--log-file" ? "; commands say their requests with --verbose or --trace" : ""
      throw ValidationError("\(name) is for the console\(instead).")
    }
  }
}

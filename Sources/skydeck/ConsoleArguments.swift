import ArgumentParser
import CloudCommands
import CloudProfiles

/// The command-line arguments of the console.
struct ConsoleArguments: Hashable {
  var service = ServiceArguments()
  var appearance = AppearanceArguments()
  /// `--cloud`
  var cloud: String?
  /// `--pane`
  var pane: String?
  /// `--log-file`
  var logFile: String?

  /// Takes the arguments from the parsed command.
  init(_ command: Skydeck) {
    service = command.service.arguments
    appearance = command.appearance.arguments
    cloud = command.cloud
    pane = command.pane
    logFile = command.logFile
  }

  /// Parses words that open the console and are unambiguous, with the parser's result but a hundred times faster.
  ///
  /// `nil` for everything else, such as commands, abbreviations, mistakes and `--help`, which the parser handles.
  init?(words: [String]) {
    var seen: Set<String> = []
    var rest = words[...]
    while let word = rest.popFirst() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
      guard seen.insert(parts[0]).inserted else { return nil }
      if parts.count == 1, setFlag(parts[0]) { continue }
      // The parser decides what an empty value or a dash means.
      guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty, !value.hasPrefix("-"),
        setOption(parts[0], value)
      else { return nil }
    }
    // The two contradict each other.
    guard !service.demo || (service.connection.apiURL ?? service.connection.profile) == nil else { return nil }
  }

  /// - Returns: whether the flag exists.
  private mutating func setFlag(_ name: String) -> Bool {
    switch name {
    case "--demo": service.demo = true
    case "--ascii": appearance.ascii = true
    case "--screen-reader": appearance.screenReader = true
    case "--low-bandwidth": appearance.lowBandwidth = true
    case "--read-only": service.connection.isReadOnly = true
    default: return false
    }
    return true
  }

  /// - Returns: whether the option exists and accepts the value.
  private mutating func setOption(_ name: String, _ value: String) -> Bool {
    switch name {
    case "--api-url": service.connection.apiURL = value
    case "--profile": service.connection.profile = value
    case "--config": service.config = value
    case "--theme":
      guard let theme = ConsoleSettings.Theme(rawValue: value) else { return false }
      appearance.theme = theme
    case "--cloud": cloud = value
    case "--pane": pane = value
    case "--log-file": logFile = value
    default: return false
    }
    return true
  }
}

/// The console's appearance for this run. These options override the configuration file, and NO_COLOR, as its
/// convention requires.
struct AppearanceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Draw in these colours: auto, dark, light, colour-blind or none.", valueName: "NAME"))
  var theme: ConsoleSettings.Theme?

  @Flag(help: "Draw lines and signs in ASCII.")
  var ascii = false

  @Flag(help: "Draw in lines for a screen reader, with the cursor on the selected row.")
  var screenReader = false

  @Flag(help: "Send as few bytes as possible, for a slow line.")
  var lowBandwidth = false

  var arguments: AppearanceArguments {
    AppearanceArguments(theme: theme, ascii: ascii, screenReader: screenReader, lowBandwidth: lowBandwidth)
  }
}

/// The command-line arguments for the console's appearance.
struct AppearanceArguments: Hashable {
  var theme: ConsoleSettings.Theme?
  var ascii = false
  var screenReader = false
  var lowBandwidth = false
}

extension ConsoleSettings.Theme: ExpressibleByArgument {}

/// Options for the console only. They are parsed with the root command, which every command line starts with.
enum ConsoleOptions {
  private static let names = [
    "--cloud", "--pane", "--log-file", "--theme", "--ascii", "--screen-reader", "--low-bandwidth",
  ]

  /// - Throws: `ValidationError` if a command is given one of them, because it would have no effect.
  static func refuse(in arguments: [String]) throws {
    for argument in arguments.prefix(while: { $0 != "--" }) {
      let name = String(argument.prefix { $0 != "=" })
      guard names.contains(name) else { continue }
      let instead = name == "--log-file" ? "; commands show their requests with --verbose or --trace" : ""
      throw ValidationError("\(name) is for the console\(instead).")
    }
  }
}

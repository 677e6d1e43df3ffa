import ArgumentParser
import CloudCommands
import CloudProfiles

/// What a command line says to the console.
struct ConsoleArguments: Hashable {
  var service = ServiceArguments()
  var appearance = AppearanceArguments()
  /// `--cloud`
  var cloud: String?
  /// `--pane`
  var pane: String?
  /// `--log-file`
  var logFile: String?

  /// What the parser made of the command line.
  init(_ command: Skydeck) {
    service = command.service.arguments
    appearance = command.appearance.arguments
    cloud = command.cloud
    pane = command.pane
    logFile = command.logFile
  }

  /// Reads words that open the console and leave no question: what the parser would make of them, a hundred times faster.
  ///
  /// `nil` for everything else, such as commands, abbreviations, mistakes and `--help`: the parser knows these.
  init?(words: [String]) {
    var seen: Set<String> = []
    var rest = words[...]
    while let word = rest.popFirst() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
      guard seen.insert(parts[0]).inserted else { return nil }
      if parts.count == 1, setFlag(parts[0]) { continue }
      // What an empty value or a dash means is the parser's business.
      guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty, !value.hasPrefix("-"),
        setOption(parts[0], value)
      else { return nil }
    }
    // The two contradict each other.
    guard !service.demo || (service.connection.apiURL ?? service.connection.profile) == nil else { return nil }
  }

  /// - Returns: whether there is such a flag.
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

  /// - Returns: whether there is such an option, which takes such a value.
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

/// How the console looks, for this run. They win over the configuration file, and over NO_COLOR as its convention asks.
struct AppearanceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Draw in these colours: auto, dark, light, colour-blind or none.", valueName: "NAME"))
  var theme: ConsoleSettings.Theme?

  @Flag(help: "Draw lines and signs in ASCII.")
  var ascii = false

  @Flag(help: "Draw in lines for a screen reader, with the cursor on the selected row.")
  var screenReader = false

  @Flag(help: "Send as few bytes as can be, for a slow line.")
  var lowBandwidth = false

  var arguments: AppearanceArguments {
    AppearanceArguments(theme: theme, ascii: ascii, screenReader: screenReader, lowBandwidth: lowBandwidth)
  }
}

/// What a command line says of how the console looks.
struct AppearanceArguments: Hashable {
  var theme: ConsoleSettings.Theme?
  var ascii = false
  var screenReader = false
  var lowBandwidth = false
}

extension ConsoleSettings.Theme: ExpressibleByArgument {}

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

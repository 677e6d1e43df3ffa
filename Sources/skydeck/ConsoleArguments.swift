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

import CloudConsole
import CloudProfiles
import TerminalUI

/// The checked settings for the console's appearance and input.
struct Appearance {
  private(set) var theme: Theme
  /// Draws lines and signs in ASCII, whatever the locale.
  private(set) var ascii: Bool
  private(set) var console: Console.Settings

  /// Reads the configuration file's settings; `NO_COLOR` overrides its theme.
  init(_ configuration: Configuration, environment: [String: String]) throws(SettingsError) {
    let settings = configuration.console
    theme = environment["NO_COLOR"]?.isEmpty == false ? .none : Theme(settings.theme)
    ascii = settings.isASCII
    var console = Console.Settings()
    console.mouse = settings.usesMouse
    console.screenReader = settings.isForScreenReader
    console.lowBandwidth = settings.isLowBandwidth
    console.home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    console.directory = WorkingDirectory.path
    console.keymap = try Keymap(configuration)
    self.console = console
  }

  /// A copy with the settings of the arguments.
  func with(_ arguments: AppearanceArguments) -> Appearance {
    var appearance = self
    if let theme = arguments.theme { appearance.theme = Theme(theme) }
    if arguments.ascii { appearance.ascii = true }
    if arguments.screenReader { appearance.console.screenReader = true }
    if arguments.lowBandwidth { appearance.console.lowBandwidth = true }
    return appearance
  }
}

extension Keymap {
  /// The keymap of a configuration file.
  ///
  /// - Throws: `SettingsError` with the position in the file.
  init(_ configuration: Configuration) throws(SettingsError) {
    let settings = configuration.console.keymap
    let overrides = settings.map { setting in
      KeymapOverride(command: setting.command, keys: setting.keys.map(\.name), line: setting.position.line)
    }
    do throws(KeymapOverrideError) {
      self = try Keymap.standard.overridden(by: overrides)
    } catch {
      let setting = settings.first { $0.position.line == error.line }
      var position = setting?.position
      if case .unknownKey(let name, _) = error.reason {
        position = setting?.keys.first { $0.name == name }?.position ?? position
      }
      throw configuration.error(error.message, at: position ?? TextPosition(line: 1, column: 1))
    }
  }
}

extension Theme {
  fileprivate init(_ theme: ConsoleSettings.Theme) {
    self =
      switch theme {
      case .auto: .auto
      case .dark: .dark
      case .light: .light
      case .colourBlind: .colourBlind
      case .none: .none
      }
  }
}

import ArgumentParser
import CloudProfiles

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

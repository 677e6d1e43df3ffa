import ArgumentParser
import CloudProfiles

/// How the console looks, for this run. They win over the configuration file, and over NO_COLOR as its convention asks.
struct AppearanceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Draw in these colours: auto, dark, light, colour-blind or none.", valueName: "NAME"))
  var theme: ConsoleSettings.Theme?

  @Flag(help: "Draw lines and signs in ASCII.")
  var ascii = false

  var arguments: AppearanceArguments { AppearanceArguments(theme: theme, ascii: ascii) }
}

/// What a command line says of how the console looks.
struct AppearanceArguments: Hashable {
  var theme: ConsoleSettings.Theme?
  var ascii = false
}

extension ConsoleSettings.Theme: ExpressibleByArgument {}

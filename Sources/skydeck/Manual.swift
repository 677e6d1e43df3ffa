import ArgumentParser
import CloudCommands

/// `skydeck manual`.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page.",
    discussion: """
      skydeck manual > ~/.local/share/man/man1/skydeck.1
      skydeck manual | man -l -
      """)

  func run() throws {
    let page = try ManualPage(dump: Skydeck._dumpHelp(), version: Skydeck.configuration.version)
    throw ExitCode(StandardOutput.print(page.source))
  }
}

import ArgumentParser
import CloudProfiles

/// `skydeck profiles …`
struct ProfilesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profiles", abstract: "List, make, remove, choose and try services under names.",
    subcommands: [List.self, Show.self, Add.self, Remove.self, Use.self, Check.self])
}

extension ProfilesCommand {
  struct List: SettingsCommand {
    static let configuration = CommandConfiguration(abstract: "List the profiles of the configuration file.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    func run(in session: SettingsSession) async throws(CommandFailure) {
      try ProfileListing().run(in: session)
    }
  }

  struct Show: SettingsCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show every setting of a service with where it comes from.",
      discussion: """
        Unless a profile is named, of the service that skydeck would use now. Keys are never shown.
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The profile's name.", completion: ProfileName.completion)
    var name: String?

    func run(in session: SettingsSession) async throws(CommandFailure) {
      try ProfileReport(name: name).run(in: session)
    }
  }

  struct Remove: SettingsCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove a profile from the configuration file.",
      discussion: "On a terminal it asks; elsewhere it needs --yes.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var delete: DeleteOptions

    @Argument(help: "The profile's name.", completion: ProfileName.completion)
    var name: String

    func run(in session: SettingsSession) async throws(CommandFailure) {
      try await ProfileRemoval(name: name, asks: !delete.yes).run(in: session)
    }
  }

  struct Use: SettingsCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a profile the one that is used unless one is named.")

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The profile's name.", completion: ProfileName.completion)
    var name: String

    func run(in session: SettingsSession) async throws(CommandFailure) {
      let file = try session.file()
      try session.configuring { () throws(SettingsError) in try ProfileStore(file).use(name) }
      session.say("skydeck uses \(name) from now on, as \(file.path) says.")
    }
  }

  struct Check: SettingsCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sign in to services and count the clouds that their keys may see.",
      discussion: """
        Reads each profile's key and sends one GET /cloud. The status is that of the worst.

        Example:
          skydeck profiles check staging live
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    @Argument(
      help: "The profiles' names, or - to read them from standard input; all unless given.",
      completion: ProfileName.completion)
    var names: [String] = []

    func run(in session: SettingsSession) async throws(CommandFailure) {
      try await ProfileChecks(names: names).run(in: session)
    }
  }
}

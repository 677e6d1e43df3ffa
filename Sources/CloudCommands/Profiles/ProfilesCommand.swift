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

extension ProfilesCommand {
  struct Add: SettingsCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a profile to the configuration file.",
      discussion: """
        A key is never an argument, which others could read. Unless an option says where it is, it is asked for on the \
        terminal, and kept in the configuration file, which nobody else can read then.

        Examples:
          skydeck profiles add staging --key-env STAGING_KEY \\
            --api-url https://api-staging.example.com
          skydeck profiles add live --api-url https://api.bimdata.io \\
            --auth api-key --key-command "pass show bimdata/live" \\
            --label PRODUCTION --colour red --default
          skydeck profiles add on-premise --client-id skydeck \\
            --api-url https://bim.customer.example/api \\
            --client-secret-file ~/secret --ca-file customer-ca.pem \\
            --token-url https://login.customer.example/token
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var settings: ProfileOptions

    @Argument(help: "Its name.")
    var name: String

    @Flag(name: .customLong("default"), help: "Use it unless another is named. The first profile is always used.")
    var isDefault = false

    func validate() throws {
      if service.profile != nil {
        throw ValidationError("The new profile's name is an argument: omit --profile.")
      }
      if service.demo { throw ValidationError("A profile is of a service: remove --demo.") }
      guard service.apiURL != nil else {
        throw ValidationError("A profile needs an address: --api-url https://api.bimdata.io, or its own.")
      }
    }

    func run(in session: SettingsSession) async throws(CommandFailure) {
      var draft = settings.draft(named: name)
      draft.texts[.apiURL] = service.apiURL
      draft.isReadOnly = service.readOnly
      try await ProfileAddition(draft: draft, readsSecret: settings.keyStdin, isDefault: isDefault).run(in: session)
    }
  }
}

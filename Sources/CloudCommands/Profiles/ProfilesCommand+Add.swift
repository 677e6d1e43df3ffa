import ArgumentParser
import CloudProfiles

extension ProfilesCommand {
  struct Add: SettingsCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a profile to the configuration file.",
      discussion: """
        A key is never an argument, which others could read. Unless an option says where it is, it is asked for on the \
        terminal, and kept in the configuration file, which nobody else can read then.

        Examples:
          skydeck profiles add staging --api-url https://api-staging.example.com --key-env STAGING_KEY
          skydeck profiles add live --api-url https://api.bimdata.io --auth api-key \\
            --key-command "pass show bimdata/live" --label PRODUCTION --colour red --default
          skydeck profiles add on-premise --api-url https://bim.customer.example/api --client-id skydeck \\
            --client-secret-file ~/secret --token-url https://login.customer.example/token --ca-file customer-ca.pem
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
        throw ValidationError("The new profile's name is an argument: leave --profile away.")
      }
      if service.demo { throw ValidationError("A profile is of a service: leave --demo away.") }
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

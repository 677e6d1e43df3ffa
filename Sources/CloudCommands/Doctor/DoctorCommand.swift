import ArgumentParser

/// `skydeck doctor`
struct DoctorCommand: SettingsCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check settings, network, certificates, sign-in and terminal, and say what to do.",
    discussion: """
      It only reads: nothing is written here or at the service. Each step takes ten seconds at most. The status is 0 \
      where all is well or only warned of; else that of the first failure: 78 settings, 69 network, 77 sign-in.

      Example:
        skydeck doctor --profile live
      """)

  @OptionGroup var service: ServiceOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if service.demo { throw ValidationError("The demo is never ill: leave --demo away.") }
  }

  func run(in session: SettingsSession) async throws(CommandFailure) {
    try await Doctor(session).run()
  }
}

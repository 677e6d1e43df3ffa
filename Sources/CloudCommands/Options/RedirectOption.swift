import ArgumentParser

/// The option for the page that invited people are sent to.
struct RedirectOption: ParsableArguments {
  @Option(
    name: [.customLong("redirect-uri")],
    help: ArgumentHelp(
      "The page opened after accepting, with {cloud} for the cloud's id. (default: from the settings)",
      valueName: "uri"))
  var redirectURI: String?

  /// The address from the option, else from the settings.
  ///
  /// - Throws: `usage` if there is none.
  func address(_ session: CommandSession) throws(CommandFailure) -> String {
    guard let address = redirectURI ?? session.connection.redirectURI, !address.isEmpty else {
      throw .usage("Which page opens after they accept? Set it by --redirect-uri URI.")
    }
    return address
  }
}

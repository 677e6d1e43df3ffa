import ArgumentParser
import CloudAPI
import CloudAccess
import CloudChanges
import CloudViewModels

/// The people that a command changes.
struct PeopleArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Their addresses, or - to read them from standard input.",
      discussion: "One per line, or separated by commas, semicolons or spaces; Name <address>, too."))
  var emails: [String]

  /// The addresses, in their order and each once.
  ///
  /// - Throws: `usage` if one is none: nothing is sent then.
  func addresses(_ session: CommandSession) async throws(CommandFailure) -> [String] {
    let words = try await ListedWords(emails, from: session.environment.input, split: EmailList.addresses) {
      PersonAddress.key($0) ?? ""
    }
    try words.require("an e-mail address", EmailList.isAddress)
    return words.texts
  }
}

/// Some clouds by their ids, separated by commas.
struct CloudIDs: ExpressibleByArgument, Hashable, Sendable {
  let ids: [Cloud.ID]

  init?(argument: String) {
    var seen: Set<String> = []
    let words = argument.split(omittingEmptySubsequences: false) { $0 == "," }.map { String($0).trimmingBlanks() }
    guard words.allSatisfy({ IDArgument(argument: $0) != nil }) else { return nil }
    ids = words.filter { seen.insert($0).inserted }.map(Cloud.ID.init(rawValue:))
  }
}

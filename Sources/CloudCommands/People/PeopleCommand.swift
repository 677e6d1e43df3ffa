import ArgumentParser
import CloudAPI
import CloudAccess
import CloudChanges
import CloudViewModels

/// `skydeck people …`
struct PeopleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people", abstract: "Find, remove and invite people across all clouds.",
    subcommands: [List.self, Find.self, Remove.self, SetRole.self, Invite.self])
}

extension PeopleCommand {
  struct List: CloudCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the members and the invited people of all clouds.",
      discussion: """
        One row for each membership and each pending invitation; with several options, the rows that all of them leave. \
        Standard error says of how many clouds the users and invitations could be read, and the status is 0 only if all \
        could.

        Examples:
          skydeck people list --admins
          skydeck people list --outside example.org -o csv > guests.csv
          skydeck people list --by-person
          skydeck people list -o json | jq -r '.[] | select(.only_admin) | .cloud'
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var list: ListOptions

    @Flag(help: "Print admins only.")
    var admins = false

    @Flag(help: "Print pending invitations only; with --by-person, people who are a member of no cloud.")
    var invited = false

    @Flag(help: "Print only people who are the only admin of a cloud.")
    var soleAdmins = false

    @Option(
      help: ArgumentHelp(
        "Print only people whose address is in none of these domains, and those without an address.",
        valueName: "domain"))
    var outside: [String] = []

    @Flag(help: "Print one row for each person instead.")
    var byPerson = false

    @Flag(help: "Don't read the invitations.")
    var noInvitations = false

    func validate() throws {
      if invited, noInvitations {
        throw ValidationError("--invited and --no-invitations can't be combined.")
      }
      for domain in outside where domain.contains("@") || domain.allSatisfy(\.isWhitespace) {
        throw ValidationError("'--outside' takes a domain, such as example.org.")
      }
    }

    func run(in session: CommandSession) async throws(CommandFailure) {
      guard !byPerson else { return try await people(in: session) }
      let kinds: [AccessList.Kind] = invited ? [.invitations] : noInvitations ? [.users] : AccessList.Kind.allCases
      let selection = try RowSelection(AccessRow.columns, of: AccessRow.names, list)
      let listing = PeopleListing(session: session, kinds: kinds, selection: selection) { isWanted($0) }
      let (result, people) = try await listing.run()
      try PeopleReading(session, kinds).report(result, found: Count.people(people) + " in")
    }

    private func isWanted(_ access: Access) -> Bool {
      if admins || soleAdmins, access.isInvitation || access.role != .admin { return false }
      if soleAdmins, !access.isOnlyAdmin { return false }
      return isOutside(access.email)
    }

    private func isOutside(_ email: String?) -> Bool {
      guard !outside.isEmpty, let domain = PersonAddress.domain(email) else { return true }
      return !outside.contains { $0.trimmingBlanks().lowercased() == domain }
    }

    private func people(in session: CommandSession) async throws(CommandFailure) {
      let selection = try RowSelection(PersonRow.columns, of: PersonRow.names, list)
      var rows = try RowStream(PersonRow.columns, of: PersonRow.names, in: session)
      let reading = PeopleReading(session, noInvitations ? [.users] : AccessList.Kind.allCases)
      let result = await reading.read(try await reading.clouds())
      let people = result.index.summaries().filter { person in
        (!admins || person.adminOf > 0) && (!soleAdmins || person.onlyAdminOf > 0)
          && (!invited || person.state == .invited) && isOutside(person.email)
      }
      var unknownCount = 0
      let found = selection.filtered(people.map(PersonRow.init), &unknownCount)
      rows.add(selection.sorted(found))
      session.report(unknownCount: unknownCount, of: PersonRow.names)
      if result.end?.code == .cancelled { rows.breakOff() } else { rows.end() }
      try reading.report(result, found: Count.people(found.count) + " in")
    }
  }

  struct Find: CloudCommand {
    static let configuration = CommandConfiguration(
      commandName: "find", abstract: "Find the clouds of a person.",
      discussion: """
        Finds memberships and pending invitations by words of the name and the e-mail address, in any order. Invitations \
        that other applications sent can't be seen.

        Examples:
          skydeck people find lovelace
          skydeck people find --exact ada@example.org -o json
        """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Take the text as a whole address; case doesn't matter.")
    var exact = false

    @Argument(help: "Words of the name or the address.")
    var text: String

    func validate() throws {
      if text.allSatisfy(\.isWhitespace) { throw ValidationError("Name somebody: a name or an address.") }
    }

    func run(in session: CommandSession) async throws(CommandFailure) {
      let key = PersonAddress.key(text)
      let words = FilterMatcher(
        Filter(words: text), columns: AccessRow.columns,
        searched: AccessRow.columns.filter { ["email", "name"].contains($0.id) })
      let listing = PeopleListing(session: session, kinds: AccessList.Kind.allCases) { [exact] access in
        exact ? PersonAddress.key(access.email) == key : words.matches(AccessRow(access), RowContext()) == true
      }
      let (result, people) = try await listing.run()
      let coverage = result.index.coverage
      guard people == 0 else {
        return try listing.reading.report(result, found: "\(Count.people(people)) found in")
      }
      if result.end?.code != .cancelled { session.remark(code: "not_found", coverage.nowhere("“\(text)”")) }
      try listing.reading.report(result, found: nil)
    }
  }
}

extension Access {
  /// Whether it is known that the cloud has no other admin.
  fileprivate var isOnlyAdmin: Bool {
    if case .user(_, true) = record { true } else { false }
  }
}

extension Coverage {
  /// `“Ada” is in none of 998 clouds read; 2 unknown.`
  func nowhere(_ who: String) -> String {
    let unknown = clouds - users.read
    return "\(who) is in none of \(Count.grouped(users.read)) clouds read"
      + (unknown > 0 ? "; \(Count.grouped(unknown)) unknown." : ".")
  }
}

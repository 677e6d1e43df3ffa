import ArgumentParser
import CloudChanges

/// The options for the output of a command.
struct OutputOptions: ParsableArguments {
  @Option(
    name: [.customShort("o", allowingJoined: true), .long],
    help: ArgumentHelp(
      "table, json, csv or tsv.",
      discussion: "By default a table on a terminal, and tsv elsewhere. JSON is the API's own.", valueName: "format"))
  var output: OutputFormat?

  @Option(help: ArgumentHelp("The columns to print, separated by commas.", valueName: "names"))
  var columns: String?

  @Flag(help: "Omit the column titles.")
  var noHeader = false

  @Flag(help: "Begin CSV with a byte order mark, by which spreadsheets know that it is UTF-8.")
  var bom = false

  @Flag(help: "Leave CSV cells that a spreadsheet would run as formulas as they are.")
  var allowFormulas = false

  func validate() throws {
    if output == .json, columns != nil {
      throw ValidationError("JSON is the API's own, with every field: --columns is for table, csv and tsv.")
    }
    if bom, output != .csv { throw ValidationError("--bom is for CSV alone: add -o csv.") }
  }
}

/// The options that select and sort the records of a list.
struct ListOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Sort by this column, from its end with a minus: -created.",
      discussion: "By default the API's own order.", valueName: "column"))
  var sort: String?

  @Option(
    help: ArgumentHelp(
      "Print only records that match, as in the console. May be given several times.",
      discussion: """
        Words match in any order in any column that is listed, ids only as a whole. COLUMN=VALUE, also with !=, <, <=, > \
        and >=, compares one column: 'size>1GB', 'since<2024', 'role=admin company=ACME Corp'; a value goes on up to the \
        next comparison or exclusion. --filter=-word excludes, and so does '!word'. Quotes keep blanks together and make \
        '"a=b"' a word.
        """, valueName: "filter"))
  var filter: [String] = []
}

/// The options of all commands that write.
struct WriteOptions: ParsableArguments {
  @Flag(help: "Print what would be sent, and send nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "After a lost reply, re-read for this long to find out the outcome; 0 for not at all.",
      valueName: "seconds"))
  var settle = 35

  func validate() throws {
    guard (0...3_600).contains(settle) else { throw ValidationError("--settle takes 0 to 3600 seconds.") }
  }
}

/// The option of all commands that remove users or change their roles.
struct AdminOptions: ParsableArguments {
  @Flag(help: "Send it even if a cloud has no admin afterwards.")
  var allowNoAdmin = false

  /// What to do about a change that is held back.
  static let advice = "--allow-no-admin sends it all the same."

  /// Which clouds may be left without an admin.
  var exception: AdminRule.Exception { allowNoAdmin ? .all : .none }
}

/// The options of all commands that delete.
struct DeleteOptions: ParsableArguments {
  @Flag(name: [.short, .long], help: "Don't ask.")
  var yes = false
}

import FoundationEssentials

/// A command as the parser describes it with `--experimental-dump-help`.
struct CommandDescription: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: String
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let discussion: String?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool
  }

  let commandName: String
  let abstract: String?
  let discussion: String?
  let arguments: [Argument]?
  let subcommands: [CommandDescription]?
  let shouldDisplay: Bool?

  /// - Parameter dump: the output of the parser.
  init(dump: String) throws {
    struct Dump: Decodable {
      let command: CommandDescription
    }
    self = try JSONDecoder().decode(Dump.self, from: Data(dump.utf8)).command
  }
}

extension CommandDescription.Argument {
  /// The argument in a list: `-o, --output <format>`, `<id>`.
  var signature: String {
    let value = kind == "flag" ? "" : "<\(valueName ?? "value")>"
    guard kind != "positional" else { return value }
    let names = (names ?? []).map { $0.kind == "long" ? "--\($0.name)" : "-\($0.name)" }
    return (names.sorted { $0.count < $1.count }.joined(separator: ", ") + " " + value).trimmed
  }

  /// The argument in a synopsis: `<id> ...`, `[--output <format>]`.
  var synopsis: String {
    let long = (names ?? []).max { $0.name.count < $1.name.count }.map { "--\($0.name)" }
    let value = kind == "flag" ? "" : "<\(valueName ?? "value")>"
    let text = [kind == "positional" ? nil : long, value].compactMap { $0 }.joined(separator: " ").trimmed
    return (isOptional ? "[\(text)]" : text) + (isRepeating ? " ..." : "")
  }
}

extension String {
  fileprivate var trimmed: String {
    hasSuffix(" ") ? String(dropLast()) : self
  }
}

/// A skydeck command as a person would write it in a shell: what "copy as command" copies.
public struct CommandLineText: Hashable, Sendable {
  /// An option with its value: `--name "Haussmann Tower"`.
  public struct Option: Hashable, Sendable {
    /// Without its dashes.
    public let name: String
    /// `nil` for one that takes none.
    public let value: String?

    public init(_ name: String, _ value: String? = nil) {
      self.name = name
      self.value = value
    }

    /// As words of a command. A value that looks like an option is joined to its name, so that it isn't taken for one.
    fileprivate var words: [String] {
      guard let value else { return ["--\(name)"] }
      return value.hasPrefix("-") ? ["--\(name)=\(value)"] : ["--\(name)", value]
    }
  }

  /// `clouds`.
  let noun: String
  /// `update`.
  public let verb: String
  /// Ids and addresses, in their order.
  let operands: [String]
  public let options: [Option]
  /// What comes first and says which service is meant.
  private var service: [String] = []
  /// The commands that come after it, where one takes but one of several records.
  fileprivate var following: [CommandLineText] = []

  public init(_ noun: String, _ verb: String, _ operands: [String] = [], options: [Option] = []) {
    self.noun = noun
    self.verb = verb
    self.operands = operands
    self.options = options
  }

  /// The command for that service.
  public func on(_ identity: ServiceIdentity) -> CommandLineText {
    var command = self
    command.service =
      switch identity.source {
      case .demo: ["--demo"]
      case .profile(let name): Option("profile", name).words
      case .environment(let address): address.map { Option("api-url", $0).words } ?? []
      }
    command.following = following.map { $0.on(identity) }
    return command
  }

  /// The same with other operands.
  fileprivate func withOperands(_ operands: [String]) -> CommandLineText {
    var command = CommandLineText(noun, verb, operands, options: options)
    command.service = service
    command.following = following
    return command
  }

  /// The words of the first command, the program's name first, as the program gets them.
  public var words: [String] {
    let flags = options.flatMap(\.words)
    let start = ["skydeck"] + service + [noun, verb]
    // An operand that looks like an option comes after the sign that none follows.
    let looksLikeOption = operands.contains { $0.hasPrefix("-") }
    return looksLikeOption ? start + flags + ["--"] + operands : start + operands + flags
  }

  /// The command as it is typed into a POSIX shell; several are lines that each but the last end in `&&`.
  public var text: String { lines.joined(separator: "\n") }

  /// The lines of the text.
  public var lines: [String] {
    let lines = ([self] + following).map { $0.words.map(ShellWord.quoted).joined(separator: " ") }
    return lines.dropLast().map { $0 + " &&" } + lines.suffix(1)
  }

  /// Whether a word holds a control character, which a terminal or a shell's line editor may act on when it is pasted.
  public var holdsControls: Bool {
    ([self] + following).contains { command in
      command.words.contains { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
    }
  }
}

extension CommandLineText {
  /// One command for several where it takes several operands, else one after the other: each runs once the one before it
  /// went well, and a shell reads them all before the first one asks its question.
  ///
  /// - Returns: `nil` for none.
  public static func several(_ commands: [CommandLineText]) -> CommandLineText? {
    var lines: [CommandLineText] = []
    for command in commands where !lines.contains(command) {
      if let last = lines.last, let both = last.merged(with: command) {
        lines[lines.count - 1] = both
      } else {
        lines.append(command)
      }
    }
    guard var first = lines.first else { return nil }
    first.following = Array(lines.dropFirst())
    return first
  }

  /// Both as one, where that sends several invitations to the same cloud.
  private func merged(with next: CommandLineText) -> CommandLineText? {
    guard (noun, verb) == ("invitations", "send"), next.noun == noun, next.verb == verb, options == next.options,
      operands.first == next.operands.first
    else { return nil }
    return withOperands(operands + next.operands.dropFirst().filter { !operands.contains($0) })
  }
}

/// Words of a command line of a POSIX shell (XCU 2.2, Quoting) or of zsh, whatever its options are.
enum ShellWord {
  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-".unicodeScalars)

  /// The text as one word that a shell takes literally: as it is where nothing in it means anything to a shell, else in
  /// single quotes, between which only the single quote itself has a meaning.
  static func quoted(_ text: String) -> String {
    // By scalars: a quote with a combining mark upon it is one character and still ends the quotes.
    if !text.isEmpty, text.unicodeScalars.allSatisfy(plain.contains), !namesAProgram(text) { return text }
    var quoted = "'".unicodeScalars
    for scalar in text.unicodeScalars {
      if scalar == "'" { quoted.append(contentsOf: "'\\''".unicodeScalars) } else { quoted.append(scalar) }
    }
    quoted.append("'")
    return String(quoted)
  }

  /// Whether zsh would put the path of a program in place of what stands behind a `=`: at the beginning, and with
  /// MAGIC_EQUAL_SUBST behind another `=` or a colon, too (zshexpn, "=" expansion).
  private static func namesAProgram(_ text: String) -> Bool {
    text.hasPrefix("=") || text.contains("==") || text.contains(":=")
  }
}

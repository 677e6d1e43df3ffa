/// A skydeck command for a shell, for instance for "copy as command".
public struct CommandLineText: Hashable, Sendable {
  /// An option with its value: `--name "Haussmann Tower"`.
  public struct Option: Hashable, Sendable {
    /// The name without dashes.
    public let name: String
    /// The value; `nil` for an option without one.
    public let value: String?

    public init(_ name: String, _ value: String? = nil) {
      self.name = name
      self.value = value
    }

    /// The words of the option. A value that looks like an option is joined to the name, so that it is not parsed as
    /// one.
    fileprivate var words: [String] {
      guard let value else { return ["--\(name)"] }
      return value.hasPrefix("-") ? ["--\(name)=\(value)"] : ["--\(name)", value]
    }
  }

  /// `clouds`.
  let noun: String
  /// `update`.
  public let verb: String
  /// Ids and addresses, in order.
  let operands: [String]
  public let options: [Option]
  /// The options before the noun that select the service.
  private var service: [String] = []
  /// The commands to run after this one, if it can't handle all records.
  fileprivate var following: [CommandLineText] = []

  public init(_ noun: String, _ verb: String, _ operands: [String] = [], options: [Option] = []) {
    self.noun = noun
    self.verb = verb
    self.operands = operands
    self.options = options
  }

  /// The command for a given service.
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

  /// The same command with more options.
  public func adding(_ more: [Option]) -> CommandLineText {
    var command = CommandLineText(noun, verb, operands, options: options + more)
    command.service = service
    command.following = following
    return command
  }

  /// The same command with other operands.
  fileprivate func withOperands(_ operands: [String]) -> CommandLineText {
    var command = CommandLineText(noun, verb, operands, options: options)
    command.service = service
    command.following = following
    return command
  }

  /// The words of the first command as the program receives them, starting with its name.
  public var words: [String] {
    let flags = options.flatMap(\.words)
    let start = ["skydeck"] + service + [noun, verb]
    // Operands that look like options must follow `--`.
    let looksLikeOption = operands.contains { $0.hasPrefix("-") }
    return looksLikeOption ? start + flags + ["--"] + operands : start + operands + flags
  }

  /// The commands as text for a POSIX shell, one per line; all lines but the last end in `&&`.
  public var text: String { lines.joined(separator: "\n") }

  public var lines: [String] {
    let lines = ([self] + following).map { $0.words.map(ShellWord.quoted).joined(separator: " ") }
    return lines.dropLast().map { $0 + " &&" } + lines.suffix(1)
  }

  /// Whether a word contains a control character, which a terminal or a line editor could interpret when it is pasted.
  public var holdsControls: Bool {
    ([self] + following).contains { command in
      command.words.contains { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
    }
  }
}

extension CommandLineText {
  /// Joins commands: into one if it takes several operands, else into a sequence in which each runs only if the one
  /// before succeeded. A shell reads the whole sequence before the first command asks its question.
  ///
  /// - Returns: `nil` if there are no commands.
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

  /// Both commands as one, if they send invitations to the same cloud.
  private func merged(with next: CommandLineText) -> CommandLineText? {
    guard (noun, verb) == ("invitations", "send"), next.noun == noun, next.verb == verb, options == next.options,
      operands.first == next.operands.first
    else { return nil }
    return withOperands(operands + next.operands.dropFirst().filter { !operands.contains($0) })
  }
}

/// Words of a command line for POSIX shells (XCU 2.2, Quoting) and for zsh with any options.
enum ShellWord {
  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-".unicodeScalars)

  /// The text quoted as one literal word: unchanged if it has no special characters, else in single quotes, within
  /// which only the single quote is special.
  static func quoted(_ text: String) -> String {
    // By scalar: a quote followed by a combining mark is one character, but still ends the quotes.
    if !text.isEmpty, text.unicodeScalars.allSatisfy(plain.contains), !namesAProgram(text) { return text }
    var quoted = "'".unicodeScalars
    for scalar in text.unicodeScalars {
      if scalar == "'" { quoted.append(contentsOf: "'\\''".unicodeScalars) } else { quoted.append(scalar) }
    }
    quoted.append("'")
    return String(quoted)
  }

  /// Whether zsh would replace the text after a `=` by the path of a program: at the start of a word, and with
  /// MAGIC_EQUAL_SUBST also after another `=` or a colon (zshexpn, "=" expansion).
  private static func namesAProgram(_ text: String) -> Bool {
    text.hasPrefix("=") || text.contains("==") || text.contains(":=")
  }
}

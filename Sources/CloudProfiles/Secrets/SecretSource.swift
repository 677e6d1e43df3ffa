public import CloudAPI

/// Where a key or a password is stored. It is read only when it is needed.
public enum SecretSource: Hashable, Sendable {
  /// An environment variable.
  case variable(String)
  /// The first line of a file that nobody else can read.
  case file(path: String)
  /// The first line that a program prints, run without a shell: its name or path, then its arguments. Nobody else may
  /// be able to change the configuration file that names it; `nil` before it is written.
  case command([String], in: String?)
  /// The configuration file itself, which nobody else may be able to read; `nil` before it is written.
  case inline(Secret, in: String?)
}

extension SecretSource: CustomStringConvertible {
  /// The source, never the secret.
  public var description: String {
    switch self {
    case .variable(let name): "from the variable \(name)"
    case .file(let path): "from the file \(path)"
    case .command(let words, _): "printed by \(words.first ?? "")"
    case .inline: "in the configuration file"
    }
  }
}

extension SecretSource {
  /// The longest secret that is read, in bytes.
  private static let sizeLimit = 65_536

  /// Reads the secret.
  ///
  /// - Parameters:
  ///   - secrets: the variables that are hidden from a program that prints it.
  ///   - isForForm: whether it is sent in a form, which accepts all letters, and not in a header field.
  /// - Throws: `SettingsError`, which says what is wrong with the source and never quotes its content.
  public func read(
    environment: [String: String], hiding secrets: SecretVariables = SecretVariables(), isForForm: Bool = false
  ) async throws(SettingsError) -> Secret {
    switch self {
    case .variable(let name):
      guard let text = environment[name], !Secret(text).isEmpty else {
        throw SettingsError("The variable \(name), which should hold the key, is not set: export \(name)=…")
      }
      return try Self.checked(text, of: "The variable \(name)", isForForm: isForForm)
    case .file(let path):
      return try Self.checked(
        Self.firstLine(try Self.privateText(of: path)), of: "The file \(path)", isForForm: isForForm)
    case .command(let words, let path):
      let command = KeyCommand(words: words, file: path, environment: secrets.removed(from: environment))
      let output = try await command.output()
      return try Self.checked(Self.firstLine(output), of: "What \(words.first ?? "") printed", isForForm: isForForm)
    case .inline(let secret, let path):
      if let path { try Self.requirePrivate(path) }
      return try Self.checked(secret.revealed, of: "The key in the configuration file", isForForm: isForForm)
    }
  }

  /// Refuses a configuration file that holds a secret and that others can read.
  static func requirePrivate(_ path: String) throws(SettingsError) {
    _ = try privateText(of: path, limit: ConfigurationFile.sizeLimit)
  }

  /// Why the program that should print the secret can't be run.
  ///
  /// - Returns: `nil` if it can, or if the source isn't a program.
  public func whyNoProgram(environment: [String: String]) -> String? {
    guard case .command(let words, let path) = self else { return nil }
    do throws(SettingsError) {
      _ = try KeyCommand(words: words, file: path, environment: environment).program()
      return nil
    } catch {
      return error.line
    }
  }

  /// The text of a file that only its owner can read.
  private static func privateText(of path: String, limit: Int = sizeLimit) throws(SettingsError) -> String {
    do throws(RegularFile.Failure) {
      let file = try RegularFile(readingAt: path, limit: limit)
      guard file.isPrivate else {
        throw RegularFile.Failure.system("others can read it, and it holds a key. Restrict it: chmod 600 \(path)")
      }
      return String(decoding: file.bytes, as: UTF8.self)
    } catch {
      throw SettingsError("The file \(path) \(error.message).")
    }
  }

  private static func firstLine(_ text: String) -> String {
    String(text.prefix { !$0.isNewline })
  }

  /// Refuses what can't be sent: non-ASCII characters in a header field, and control characters in both.
  static func checked(_ text: String, of place: String, isForForm: Bool) throws(SettingsError) -> Secret {
    let secret = Secret(text)
    guard !secret.isEmpty else { throw SettingsError("\(place) is empty, and should hold the key in its first line.") }
    let isSent: (Unicode.Scalar) -> Bool = { isForForm ? $0.properties.generalCategory != .control : $0.isASCII }
    guard secret.revealed.unicodeScalars.allSatisfy({ isSent($0) && $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw SettingsError("\(place) is not a key: it contains invalid characters.")
    }
    return secret
  }
}

/// The environment variables that hold secrets, which are hidden from other programs: programs that print a key, and
/// editors.
public struct SecretVariables: Hashable, Sendable {
  private var names: Set<String>

  /// The variables of the settings, and those that the profiles of a configuration name.
  public init(_ configuration: Configuration = .empty) {
    names = Set(SettingName.allCases.filter(\.holdsSecret).compactMap(\.variable))
    for profile in configuration.profiles {
      if case .variable(let name) = profile.signIn.secretSource { names.insert(name) }
    }
  }

  public mutating func formUnion(_ others: SecretVariables) {
    names.formUnion(others.names)
  }

  /// A copy of an environment without them.
  public func removed(from environment: [String: String]) -> [String: String] {
    environment.filter { !names.contains($0.key) }
  }
}

public import CloudAPI

/// Where a key or a password is. It is read when it is needed and not before.
public enum SecretSource: Hashable, Sendable {
  /// A variable of the environment.
  case variable(String)
  /// The first line of a file that nobody else can read.
  case file(path: String)
  /// The first line that a program prints, run without a shell: its name or path, then its arguments. The configuration
  /// file that says so must be one that nobody else can change; `nil` before it is written.
  case command([String], in: String?)
  /// In the configuration file itself, which must then be one that nobody else can read; `nil` before it is written.
  case inline(Secret, in: String?)
}

extension SecretSource: CustomStringConvertible {
  /// Where it is, never what it is.
  public var description: String {
    switch self {
    case .variable(let name): "from the variable \(name)"
    case .file(let path): "from the file \(path)"
    case .command(let words, _): "printed by \(words.first ?? "")"
    case .inline: "in the configuration file"
    }
  }
}

import CloudCommands
import CloudProfiles
import TerminalUI

#if canImport(Glibc)
  import Glibc
#endif

/// The environment of the process at its start.
enum ProcessEnvironment {
  /// The variables in UTF-8; others can't be represented unchanged.
  static var all: [String: String] {
    var values: [String: String] = [:]
    forEach { name, value in values[name] = value }
    return values
  }

  /// The name of a `SKYDECK_` variable whose value isn't UTF-8.
  static var unreadableSetting: String? {
    var found: String?
    forEach { name, value in if value == nil, name.hasPrefix("SKYDECK_") { found = found ?? name } }
    return found
  }

  private static func forEach(_ take: (_ name: String, _ value: String?) -> Void) {
    var entry = environ
    while let text = entry.pointee {
      let bytes = UnsafeBufferPointer(start: text, count: strlen(text))
      if let equals = bytes.firstIndex(of: CChar(bitPattern: UInt8(ascii: "="))),
        let name = String(validating: bytes[..<equals].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      {
        let value = bytes[(equals + 1)...].lazy.map { UInt8(bitPattern: $0) }
        take(name, String(validating: value, as: UTF8.self))
      }
      entry += 1
    }
  }
}

extension CommandEnvironment {
  /// The environment of this process.
  static var process: CommandEnvironment {
    let descriptors = [STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO]
    let outputSize = Size(ofTerminal: STDOUT_FILENO)
    return CommandEnvironment(
      variables: ProcessEnvironment.all, directory: WorkingDirectory.path,
      output: OutputQueue(descriptor: STDOUT_FILENO), errors: OutputQueue(descriptor: STDERR_FILENO),
      input: StandardInput(),
      terminal: CommandTerminal(
        isInput: isatty(STDIN_FILENO) == 1, isOutput: isatty(STDOUT_FILENO) == 1,
        areErrors: isatty(STDERR_FILENO) == 1, outputWidth: outputSize?.columns,
        size: descriptors.lazy.compactMap { Size(ofTerminal: $0) }.first ?? Size(columns: 0, rows: 0)),
      signals: Interruption())
  }
}

extension Size {
  /// - Returns: `nil` if the descriptor is no terminal, or one without a known size.
  fileprivate init?(ofTerminal descriptor: Int32) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    self.init(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }
}

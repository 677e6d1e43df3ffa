import ArgumentParser
import TerminalUI

#if canImport(Glibc)
  import Glibc
#endif

/// The words of the command line, behind the program's name.
enum ProcessArguments {
  /// - Throws: `ValidationError` for one that is no text: what it would become was never typed.
  static func words() throws -> [String] {
    var words: [String] = []
    var encoding: TextEncoding?
    for argument in UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)).dropFirst() {
      guard let argument else { break }
      let bytes = UnsafeBufferPointer(start: argument, count: strlen(argument)).map { UInt8(bitPattern: $0) }
      if let word = String(validating: bytes, as: UTF8.self) {
        words.append(word)
        continue
      }
      let known = encoding ?? CharacterLocale(environment: ProcessEnvironment.all).encoding
      encoding = known
      words.append(try text(bytes, in: known))
    }
    return words
  }

  /// What isn't UTF-8 is taken as what it is in the locale. UTF-8 comes first there, too: that is what skydeck prints, and
  /// what scripts give back to it.
  static func text(_ bytes: [UInt8], in encoding: TextEncoding) throws -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let (text, invalid) = encoding.decode(bytes)
    guard !invalid.isEmpty else { return text }
    let shown = bytes.prefix(200).map { byte in
      byte < 0x80 ? String(Unicode.Scalar(byte)) : "\\x" + String(byte, radix: 16)
    }
    throw ValidationError("An argument is not UTF-8 text, so nothing was done: \(shown.joined())")
  }
}

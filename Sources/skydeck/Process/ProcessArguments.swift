import ArgumentParser
import TerminalUI

#if canImport(Glibc)
  import Glibc
#endif

/// The arguments after the program's name.
enum ProcessArguments {
  /// - Throws: `ValidationError` for an argument that is not text: decoded, it would not be what was typed.
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

  /// Decodes UTF-8, else the encoding of the locale. UTF-8 comes first in any locale, because skydeck prints it and
  /// scripts pass it back.
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

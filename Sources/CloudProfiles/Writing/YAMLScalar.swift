import TextSafety

/// Text as a value of a YAML document in one line (YAML 1.2, chapter 7.3).
enum YAMLScalar {
  /// The text itself where nothing in it means something else, in double quotes with escapes otherwise.
  static func text(_ text: String) -> String {
    let isPlain =
      text.first.map { isLetterOrDigit($0) || $0 == "/" } == true && text != "null" && !text.hasSuffix(":")
      && text.allSatisfy { isLetterOrDigit($0) || "_./-@+=:%".contains($0) }
    return isPlain ? text : "\"" + text.unicodeScalars.map(escaped).joined() + "\""
  }

  private static func isLetterOrDigit(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    default:
      guard scalar.isHarmful || scalar.properties.generalCategory == .privateUse else { return String(scalar) }
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
  }
}

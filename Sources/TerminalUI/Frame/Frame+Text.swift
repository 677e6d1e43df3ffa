extension Frame {
  /// The rows as text, without trailing blanks: for tests and their readers.
  public func text() -> String {
    rows.map { row in trimmingEnd(row.map(\.text).joined(), of: " ") }.joined(separator: "\n")
  }

  /// The styles as text: one character per cell, in the columns of `text()`, without trailing normal cells.
  ///
  /// |             | normal | accent | muted | good | warning | danger | selected |
  /// |-------------|--------|--------|-------|------|---------|--------|----------|
  /// | plain       | `.`    | `a`    | `m`   | `g`  | `w`     | `d`    | `s`      |
  /// | bold        | `N`    | `A`    | `M`   | `G`  | `W`     | `D`    | `S`      |
  /// | reverse     | `0`    | `1`    | `2`   | `3`  | `4`     | `5`    | `#`      |
  /// | bold, rev.  | `6`    | `7`    | `8`   | `9`  | `+`     | `*`    | `$`      |
  /// | underlined  | `_`    | `b`    | `n`   | `h`  | `x`     | `e`    | `t`      |
  /// | bold, und.  | `=`    | `B`    | `O`   | `H`  | `X`     | `E`    | `T`      |
  /// | rev., und.  | `(`    | `)`    | `[`   | `]`  | `{`     | `}`    | `%`      |
  /// | all         | `!`    | `?`    | `<`   | `>`  | `/`     | `\`    | `&`      |
  ///
  /// The colours of labels are `r` red, `y` yellow, `l` green, `u` blue, `p` magenta and `c` cyan, upper-case in reverse.
  public func styleText() -> String {
    rows.map { row in
      trimmingEnd(String(row.map { Self.letter(of: $0.style) }), of: ".")
    }.joined(separator: "\n")
  }

  private static let letters = [
    ".amgwds", "NAMGWDS", "012345#", "6789+*$", "_bnhxet", "=BOHXET", "()[]{}%", "!?<>/\\&",
  ].map { Array($0) }

  private static let labelLetters: [Character] = ["r", "y", "l", "u", "p", "c"]

  private static func letter(of style: Style) -> Character {
    let line = (style.bold ? 1 : 0) + (style.reverse ? 2 : 0) + (style.underline ? 4 : 0)
    let tone = Style.Tone.allCases.firstIndex(of: style.tone) ?? 0
    if tone < letters[line].count { return letters[line][tone] }
    let letter = labelLetters[tone - letters[line].count]
    return style.reverse ? Character(letter.uppercased()) : letter
  }

  private func trimmingEnd(_ text: String, of character: Character) -> String {
    guard let last = text.lastIndex(where: { $0 != character }) else { return "" }
    return String(text[...last])
  }
}

import TerminalUI

extension Key {
  /// The sequence that xterm sends for the key.
  public var xtermSequence: String {
    switch self {
    case .character(let character): String(character)
    case .control(let character): Self.control(character)
    case .keypad(let character): "\u{1B}O" + (character.asciiValue.map { String(Unicode.Scalar($0 + 64)) } ?? "")
    case .alt(let key): "\u{1B}\(key.xtermSequence)"
    case .wordLeft: "\u{1B}[1;5D"
    case .wordRight: "\u{1B}[1;5C"
    case .deleteWord: "\u{1B}[3;5~"
    case .enter: "\r"
    case .tab: "\t"
    case .backTab: "\u{1B}[Z"
    case .escape: "\u{1B}"
    case .backspace: "\u{7F}"
    case .delete: "\u{1B}[3~"
    case .insert: "\u{1B}[2~"
    case .up: "\u{1B}[A"
    case .down: "\u{1B}[B"
    case .right: "\u{1B}[C"
    case .left: "\u{1B}[D"
    case .home: "\u{1B}[H"
    case .end: "\u{1B}[F"
    case .pageUp: "\u{1B}[5~"
    case .pageDown: "\u{1B}[6~"
    case .function(let number): Self.function(number)
    }
  }

  private static func control(_ character: Character) -> String {
    character.asciiValue.map { String(Unicode.Scalar($0 & 0x1F)) } ?? ""
  }

  private static func function(_ number: Int) -> String {
    switch number {
    case 1...4: "\u{1B}O\(["P", "Q", "R", "S"][number - 1])"
    case 5: "\u{1B}[15~"
    case 6...10: "\u{1B}[\(number + 11)~"
    case 11...14: "\u{1B}[\(number + 12)~"
    default: ""
    }
  }
}

/// Splits a program's output into characters, controls and sequences (ECMA-48), in pieces of any size.
struct EscapeParser: Sendable {
  enum Action {
    case print(Unicode.Scalar)
    case control(UInt8)
    case escape(intermediates: String, final: UInt8)
    case sequence(Sequence)
    case systemCommand(String)
    case invalid(String)

    /// Whether it prints or repeats a character.
    var isText: Bool {
      switch self {
      case .print: true
      case .sequence(let sequence): sequence.final == "b"
      default: false
      }
    }
  }

  /// A control sequence: `Esc [`, a private marker, numbers, intermediates, a final byte.
  struct Sequence {
    var prefix = ""
    var parameters: [Int] = []
    var intermediates = ""
    var final = Character(" ")

    /// A number by its index; `fallback` if it is missing or 0.
    func parameter(_ index: Int, or fallback: Int = 1) -> Int {
      index < parameters.count && parameters[index] != 0 ? parameters[index] : fallback
    }
  }

  private enum State {
    case ground, escape, sequence, systemCommand, systemCommandEscape
  }

  private var state = State.ground
  private var bytes: [UInt8] = []
  private var character: [UInt8] = []

  mutating func take(_ byte: UInt8) -> Action? {
    switch state {
    case .ground: return takeText(byte)
    case .escape: return takeEscape(byte)
    case .sequence: return takeSequence(byte)
    case .systemCommand:
      if byte == 0x07 { return endSystemCommand() }
      if byte == 0x1B { state = .systemCommandEscape } else { bytes.append(byte) }
      return nil
    case .systemCommandEscape:
      return byte == UInt8(ascii: "\\") ? endSystemCommand() : reset(.invalid("unfinished system command"))
    }
  }

  private mutating func takeText(_ byte: UInt8) -> Action? {
    if !character.isEmpty {
      guard 0x80...0xBF ~= byte else {
        character = []
        return .invalid("invalid UTF-8")
      }
      character.append(byte)
      return endCharacter()
    }
    switch byte {
    case 0x1B:
      state = .escape
      bytes = []
      return nil
    case ..<0x20, 0x7F: return .control(byte)
    case ..<0x80: return .print(Unicode.Scalar(byte))
    default:
      character = [byte]
      return 0xC2...0xF4 ~= byte ? nil : endCharacter()
    }
  }

  private mutating func endCharacter() -> Action? {
    let length = character[0] >= 0xF0 ? 4 : character[0] >= 0xE0 ? 3 : character[0] >= 0xC2 ? 2 : 1
    guard character.count == length else { return nil }
    let text = String(validating: character, as: UTF8.self)
    character = []
    guard let scalar = text?.unicodeScalars.first else { return .invalid("invalid UTF-8") }
    return .print(scalar)
  }

  private mutating func takeEscape(_ byte: UInt8) -> Action? {
    switch byte {
    case UInt8(ascii: "[") where bytes.isEmpty: state = .sequence
    case UInt8(ascii: "]") where bytes.isEmpty: state = .systemCommand
    case 0x20...0x2F: bytes.append(byte)
    case 0x30...0x7E:
      return reset(.escape(intermediates: String(decoding: bytes, as: UTF8.self), final: byte))
    default: return reset(.invalid("Esc and byte \(byte)"))
    }
    return nil
  }

  private mutating func takeSequence(_ byte: UInt8) -> Action? {
    switch byte {
    case 0x20...0x3F:
      bytes.append(byte)
      return nil
    case 0x40...0x7E:
      guard let sequence = sequence(final: byte) else {
        return reset(.invalid("Esc [ \(String(decoding: bytes + [byte], as: UTF8.self))"))
      }
      return reset(.sequence(sequence))
    default: return reset(.invalid("byte \(byte) in a control sequence"))
    }
  }

  private func sequence(final: UInt8) -> Sequence? {
    var sequence = Sequence()
    sequence.final = Character(Unicode.Scalar(final))
    var rest = bytes[...]
    while let byte = rest.first, 0x3C...0x3F ~= byte {
      sequence.prefix.unicodeScalars.append(Unicode.Scalar(byte))
      rest = rest.dropFirst()
    }
    while let byte = rest.last, 0x20...0x2F ~= byte {
      sequence.intermediates = String(Unicode.Scalar(byte)) + sequence.intermediates
      rest = rest.dropLast()
    }
    if rest.isEmpty { return sequence }
    for part in rest.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      guard let number = part.isEmpty ? 0 : Int(String(decoding: part, as: UTF8.self)) else { return nil }
      sequence.parameters.append(number)
    }
    return sequence
  }

  private mutating func endSystemCommand() -> Action {
    reset(.systemCommand(String(decoding: bytes, as: UTF8.self)))
  }

  private mutating func reset(_ action: Action) -> Action {
    state = .ground
    bytes = []
    return action
  }
}

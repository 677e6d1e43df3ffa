/// The meaning of a complete `Esc [` or `Esc O` sequence: a key, a mouse report, an answer, or unknown.
///
/// Shift, Ctrl and other modifiers don't change arrows, Home, End, Page Up and Page Down, except that Ctrl with Left,
/// Right and Delete works on words. Alt is reported. A keypad key in application mode is the character on it. Of the
/// extended keyboard protocols, those keys are known that mean the same as their bytes: Enter, Tab, Backspace, Esc, the
/// space bar, and Alt with a character. Shift-Delete, modified function keys and the rest are `.unknown`: a guess could
/// destroy something.
/// character. Shift-Delete, modified function keys and the rest are `.unknown`: a guess could destroy something.
struct ControlSequence {
  /// The sequence including its Esc.
  let bytes: [UInt8]
  private let isSingleShift: Bool
  private let final: UInt8
  /// The bytes between the introducer and the final byte.
  private let parameters: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    isSingleShift = bytes[1] == UInt8(ascii: "O")
    final = bytes[bytes.count - 1]
    parameters = bytes[2..<bytes.count - 1]
  }

  var event: TerminalEvent {
    if isOldMouseReport { return oldMouseReport ?? .unknown(bytes) }
    if !isSingleShift {
      if parameters.first == UInt8(ascii: "<") { return mouseReport ?? .unknown(bytes) }
      if isAnswer { return .answer(bytes) }
    }
    return key.map { .key($0) } ?? .unknown(bytes)
  }

  /// The numbers between semicolons, 0 for a missing one; nil if there is anything else.
  private func numbers(_ bytes: ArraySlice<UInt8>) -> [Int]? {
    if bytes.isEmpty { return [] }
    var numbers: [Int] = []
    for part in bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      guard part.count <= 6, part.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
      numbers.append(part.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    return numbers
  }
}

// MARK: Keys

extension ControlSequence {
  private var key: Key? {
    if parameters.first == UInt8(ascii: "["), !isSingleShift {
      // The Linux console's F1 to F5.
      guard parameters.count == 1, UInt8(ascii: "A")...UInt8(ascii: "E") ~= final else { return nil }
      return .function(Int(final - 0x40))
    }
    guard let numbers = numbers(parameters) else { return nil }
    if isSingleShift {
      return modified(letterKey ?? keypadKey, by: numbers.last ?? 1)
    }
    switch final {
    case UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: "@"):
      if numbers.count == 3, numbers[0] == 27 { return coded(numbers[2], by: numbers[1]) }
      guard let code = numbers.first, numbers.count <= 2 else { return nil }
      // rxvt reports Ctrl, and Ctrl with Shift, in the final byte.
      let modifier = final == UInt8(ascii: "^") ? 5 : final == UInt8(ascii: "@") ? 6 : 1
      return modified(numberedKey(code), by: numbers.count == 2 ? numbers[1] : modifier)
    case UInt8(ascii: "Z"):
      return modified(.backTab, by: numbers.last ?? 1)
    case UInt8(ascii: "u"):
      guard let code = numbers.first, numbers.count <= 2 else { return nil }
      return coded(code, by: numbers.count == 2 ? numbers[1] : 1)
    default:
      guard numbers.count <= 2, (numbers.first ?? 1) <= 1 else { return nil }
      return modified(letterKey, by: numbers.count == 2 ? numbers[1] : 1)
    }
  }

  private var letterKey: Key? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final - UInt8(ascii: "P")) + 1)
    // rxvt: Shift after `Esc [`, Ctrl after `Esc O`.
    case UInt8(ascii: "a"): .up
    case UInt8(ascii: "b"): .down
    case UInt8(ascii: "c"): isSingleShift ? .wordRight : .right
    case UInt8(ascii: "d"): isSingleShift ? .wordLeft : .left
    default: nil
    }
  }

  /// A keypad key in application mode: the final byte is the character plus 64.
  private var keypadKey: Key? {
    switch final {
    case UInt8(ascii: "M"): .enter
    case UInt8(ascii: "I"): .tab
    case UInt8(ascii: "X"): .keypad("=")
    case UInt8(ascii: "j")...UInt8(ascii: "y"): .keypad(Character(Unicode.Scalar(final - 64)))
    default: nil
    }
  }

  /// A key by its character's code, as the extended keyboard protocols send it (`Esc [ 32 ; 2 u`, `Esc [ 27 ; 2 ; 32
  /// ~`).
  private func coded(_ code: Int, by modifier: Int) -> Key? {
    if code == 27 { return .escape }
    let modifiers = Modifiers(modifier)
    guard !modifiers.ctrl else { return nil }
    switch code {
    case 8, 127: return modifiers.alt ? .alt(.backspace) : .backspace
    case 9: return modified(modifiers.shift ? .backTab : .tab, by: modifiers.alt ? 3 : 1)
    case 13: return modifiers.alt ? .alt(.enter) : .enter
    case 32: return modifiers.alt ? .alt(.character(" ")) : .character(" ")
    case 33...126 where modifiers.alt && !modifiers.shift:
      return .alt(.character(Character(Unicode.Scalar(UInt8(code)))))
    default: return nil
    }
  }

  private func numberedKey(_ code: Int) -> Key? {
    switch code {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(code - 10)
    case 17...21: .function(code - 11)
    case 23...26: .function(code - 12)
    case 28, 29: .function(code - 13)
    case 31...34: .function(code - 14)
    default: nil
    }
  }

  private func modified(_ key: Key?, by modifier: Int) -> Key? {
    guard let key, modifier > 1 else { return key }
    let modifiers = Modifiers(modifier)
    let plain: Key? =
      switch key {
      case .left: modifiers.ctrl ? .wordLeft : key
      case .right: modifiers.ctrl ? .wordRight : key
      case .delete where modifiers.ctrl: .deleteWord
      case .up, .down, .home, .end, .pageUp, .pageDown, .wordLeft, .wordRight, .backTab: key
      default: modifiers.isAltAlone ? key : nil
      }
    return modifiers.alt ? plain.map { .alt($0) } : plain
  }

  /// The modifiers: 1 plus 1 for Shift, 2 for Alt, 4 for Ctrl, 8 for Meta, which iTerm2 sends for Alt, and more for
  /// others.
  private struct Modifiers {
    private let bits: Int

    init(_ parameter: Int) { bits = max(0, parameter - 1) }

    var shift: Bool { bits & 0b1 != 0 }
    var alt: Bool { bits & 0b1010 != 0 }
    var ctrl: Bool { bits & 0b100 != 0 }
    var isAltAlone: Bool { alt && bits & ~0b1010 == 0 }
  }
}

// MARK: Reports

extension ControlSequence {
  /// Whether it answers a query: cursor position, device attributes and status, modes, sizes, keyboard protocol.
  private var isAnswer: Bool {
    let isPrivate = parameters.first.map { 0x3C...0x3F ~= $0 } ?? false
    switch final {
    case UInt8(ascii: "R"): return parameters.contains(UInt8(ascii: ";"))
    case UInt8(ascii: "c"), UInt8(ascii: "u"): return isPrivate
    case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "x"): return true
    case UInt8(ascii: "y"): return parameters.last == UInt8(ascii: "$")
    default: return false
    }
  }

  private var isOldMouseReport: Bool {
    bytes.count >= 6 && !isSingleShift && bytes[2] == UInt8(ascii: "M")
  }

  /// `Esc [ M` and three bytes, each with 32 added.
  private var oldMouseReport: TerminalEvent? {
    guard bytes.count == 6 else { return nil }
    let code = Int(bytes[3]) - 32
    let isRelease = code & 0b11 == 3 && code & 0b110_0000 == 0
    return mouse(
      code: isRelease ? 0 : code, isRelease: isRelease, column: Int(bytes[4]) - 33, row: Int(bytes[5]) - 33)
  }

  /// `Esc [ < code ; column ; row M`, or `m` for a release.
  private var mouseReport: TerminalEvent? {
    guard let numbers = numbers(parameters.dropFirst()), numbers.count == 3,
      final == UInt8(ascii: "M") || final == UInt8(ascii: "m")
    else { return nil }
    return mouse(
      code: numbers[0], isRelease: final == UInt8(ascii: "m"), column: numbers[1] - 1, row: numbers[2] - 1)
  }

  private func mouse(code: Int, isRelease: Bool, column: Int, row: Int) -> TerminalEvent? {
    guard column >= 0, row >= 0, code < 128 else { return nil }
    let place = Point(column: column, row: row)
    let button = code & 0b11
    if code & 64 != 0 {
      guard button < 2 else { return nil }
      return .mouse(MouseEvent(action: button == 0 ? .wheelUp : .wheelDown, place: place))
    }
    guard button < 3 else { return nil }
    let action: MouseEvent.Action = isRelease ? .release : code & 32 != 0 ? .drag : .press
    return .mouse(MouseEvent(action: action, button: button, place: place))
  }
}

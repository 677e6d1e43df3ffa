/// The set of lines, bars and signs that the terminal can draw.
enum SignSet: Hashable, Sendable {
  case all
  /// The characters of a PC's text mode, which the Linux console's fonts have.
  case codePage437
  case ascii

  /// The substitute for a scalar outside the set; nil if the scalar is kept.
  func substitute(for scalar: Unicode.Scalar) -> String? {
    switch self {
    case .all: nil
    case .codePage437: Self.codePage437(scalar)
    case .ascii: Self.ascii(scalar)
    }
  }

  static func ascii(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x2500, 0x2501, 0x2013, 0x2014, 0x2212: "-"
    case 0x2502, 0x2503: "|"
    case 0x2504...0x257F: "+"
    case 0x2580...0x259F: "#"
    case 0x25B8, 0x25B6, 0x2192: ">"
    case 0x25C2, 0x25C0, 0x2190: "<"
    case 0x25B4, 0x25B2, 0x2191: "^"
    case 0x25BE, 0x25BC, 0x2193: "v"
    case 0x25CF, 0x2022, 0x2713: "*"
    case 0xB7: "."
    case 0xD7: "x"
    case 0x2018, 0x2019: "'"
    case 0x201C, 0x201D: "\""
    case 0x2026: "~"
    case 0x2265: ">"
    default: nil
    }
  }

  private static func codePage437(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x256D: "┌"
    case 0x256E: "┐"
    case 0x256F: "┘"
    case 0x2570: "└"
    case 0x25B8, 0x25B6: "►"
    case 0x25C2, 0x25C0: "◄"
    case 0x25B4: "▲"
    case 0x25BE: "▼"
    // Eighths of a bar: a small part is never drawn as nothing.
    case 0x258B, 0x258D...0x258F: "▌"
    case 0x2589, 0x258A: "█"
    case 0x2013, 0x2014, 0x2212: "-"
    case 0x25CF: "•"
    case 0x2713: "√"
    case 0x2026: "~"
    default: nil
    }
  }
}

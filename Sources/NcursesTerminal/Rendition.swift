/// How characters look, in the terms of SGR (“select graphic rendition”, ECMA-48 8.3.117).
struct Rendition: Equatable {
  /// A colour of the text or behind it.
  enum Colour: Equatable {
    /// The terminal's own.
    case standard
    /// One that has a parameter of its own: 30 to 37 and 90 to 97, behind the text 40 to 47 and 100 to 107.
    case basic(UInt8)
    /// One of 256.
    case indexed(UInt8)
    /// Red, green and blue, as they came.
    case direct(String)
  }

  /// Attributes by their parameters, 1 (bold) to 9 (crossed out), a bit each.
  private var attributes: UInt16 = 0
  private var foreground = Colour.standard
  private var background = Colour.standard
  /// Parameters that nothing is known of, as they came.
  private var others: [String] = []

  static let plain = Rendition()
  private static let bold = 1
  private static let dim = 2
  /// Underlined, reversed, crossed out: what is seen where there is no character.
  private static let blankAttributes: UInt16 = 1 << 4 | 1 << 7 | 1 << 9

  /// Whether a blank looks other than a plain one.
  var showsOnBlanks: Bool {
    attributes & Self.blankAttributes != 0 || background != .standard || !others.isEmpty
  }

  /// Applies the parameters of one sequence, in digits and semicolons.
  mutating func apply(_ text: some Collection<UInt8>) {
    var parameters = text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }[...]
    while let parameter = parameters.popFirst() {
      let number = parameter.isEmpty ? 0 : Int(parameter) ?? -1
      switch number {
      case 0: self = .plain
      case 1...9: attributes |= 1 << UInt16(number)
      // The first font: no other is ever chosen.
      case 10: break
      case 22: attributes &= ~(1 << UInt16(Self.bold) | 1 << UInt16(Self.dim))
      case 23...29: attributes &= ~(1 << UInt16(number - 20))
      case 30...37, 90...97: foreground = .basic(UInt8(number))
      case 39: foreground = .standard
      case 40...47, 100...107: background = .basic(UInt8(number))
      case 49: background = .standard
      case 38 where parameters.first == "5", 48 where parameters.first == "5":
        let colour = Colour.indexed(parameters.dropFirst().first.flatMap { UInt8($0) } ?? 0)
        if number == 38 { foreground = colour } else { background = colour }
        parameters = parameters.dropFirst(2)
      case 38 where parameters.first == "2", 48 where parameters.first == "2":
        let colour = Colour.direct(parameters.dropFirst().prefix(3).joined(separator: ";"))
        if number == 38 { foreground = colour } else { background = colour }
        parameters = parameters.dropFirst(4)
      default:
        others += [parameter] + parameters
        return
      }
    }
  }

  /// The shortest sequence that makes this of another rendition; empty where they are the same.
  ///
  /// - Parameters:
  ///   - last: what the terminal draws in; `nil` where nobody knows.
  ///   - knowsStandardColours: whether 39 and 49 choose the terminal's own colours. Not every terminal can take a single
  ///     attribute back, so that this is done by taking back everything.
  func sequence(after last: Rendition?, knowsStandardColours: Bool) -> [UInt8] {
    guard self != last else { return [] }
    let anew = parameters(after: .plain) ?? []
    var shortest = anew.isEmpty ? "" : "0;" + anew.joined(separator: ";")
    if let last, let change = parameters(after: last) {
      let change = change.joined(separator: ";")
      let isPossible = knowsStandardColours || !takesColourBack(of: last)
      if isPossible, change.utf8.count < shortest.utf8.count || last == .plain { shortest = change }
    }
    return Array("\u{1B}[\(shortest)m".utf8)
  }

  /// What is to be added to another rendition; `nil` where something is to be taken back from it.
  private func parameters(after last: Rendition) -> [String]? {
    guard last.attributes & ~attributes == 0, others.starts(with: last.others) else { return nil }
    var parameters = (1...9).filter { (attributes & ~last.attributes) >> UInt16($0) & 1 == 1 }.map { String($0) }
    if foreground != last.foreground { parameters.append(foreground.parameter(standard: 39, extended: 38)) }
    if background != last.background { parameters.append(background.parameter(standard: 49, extended: 48)) }
    return parameters + others.dropFirst(last.others.count)
  }

  private func takesColourBack(of last: Rendition) -> Bool {
    foreground == .standard && last.foreground != .standard || background == .standard && last.background != .standard
  }
}

extension Rendition.Colour {
  fileprivate func parameter(standard: Int, extended: Int) -> String {
    switch self {
    case .standard: String(standard)
    case .basic(let parameter): String(parameter)
    case .indexed(let index): "\(extended);5;\(index)"
    case .direct(let colour): "\(extended);2;\(colour)"
    }
  }
}

/// Parses JSON (RFC 8259) strictly while it arrives, and delivers each value without the white space between its
/// tokens: the whole value, or each element of a list as soon as it is complete.
///
/// A value is delivered only if all of it is valid; elements before an error were delivered already.
struct JSONScanner {
  /// What is delivered.
  enum Unit {
    case value
    case elements
  }

  private enum Container {
    case list, object
  }

  private enum Literal {
    case `true`, `false`, null

    /// `nil` after the last.
    func byte(at index: Int) -> UInt8? {
      let text: StaticString =
        switch self {
        case .true: "true"
        case .false: "false"
        case .null: "null"
        }
      return text.withUTF8Buffer { index < $0.count ? $0[index] : nil }
    }
  }

  /// A trivial type, because it changes with nearly every byte.
  private enum State {
    case value
    /// After `[`.
    case valueOrEnd
    /// After `{`.
    case nameOrEnd
    case name
    case colon
    /// After a value in a list or an object.
    case separator
    case text(isName: Bool)
    case escape(isName: Bool)
    case hexadecimal(left: Int, isName: Bool)
    case number(NumberPart)
    /// - next: the index of the byte that must come.
    case literal(Literal, next: Int)
    /// After the outermost value.
    case end
  }

  /// The part of a number that was read last.
  private enum NumberPart {
    case sign, zero, integer, point, fraction, exponentMark, exponentSign, exponent

    var canEnd: Bool {
      switch self {
      case .zero, .integer, .fraction, .exponent: true
      case .sign, .point, .exponentMark, .exponentSign: false
      }
    }
  }

  private static let deepest = 512

  private let unit: Unit
  private var state = State.value
  private var containers: [Container] = []
  private var output: [UInt8] = []
  private var hasNonASCII = false
  private var isEmpty = true

  init(_ unit: Unit) {
    self.unit = unit
  }

  /// Reads further bytes; `receive` is given each value that ends in them.
  mutating func read(_ bytes: [UInt8], receive: ([UInt8]) -> Void) throws(UnreadableAnswer) {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch state {
      case .text(let isName): try readText(bytes, &index, isName: isName, receive: receive)
      case .number(let part): try readNumber(bytes, &index, part, receive: receive)
      default:
        try read(bytes[index], receive: receive)
        index += 1
      }
    }
  }

  /// Reads one value as far as it has arrived, without what follows it.
  ///
  /// - Parameter index: where to read on; afterwards the index after the value, or the end of the bytes.
  /// - Returns: the value, if it ends in these bytes.
  mutating func readValue(_ bytes: [UInt8], _ index: inout Int) throws(UnreadableAnswer) -> [UInt8]? {
    var value: [UInt8]?
    while value == nil, index < bytes.endIndex {
      switch state {
      case .text(let isName): try readText(bytes, &index, isName: isName) { value = $0 }
      case .number(let part): try readNumber(bytes, &index, part) { value = $0 }
      default:
        try read(bytes[index]) { value = $0 }
        index += 1
      }
    }
    return value
  }

  /// Ends the input, which is the only way to end a number.
  mutating func finish(receive: ([UInt8]) -> Void) throws(UnreadableAnswer) {
    if case .number(let part) = state, part.canEnd { try endValue(receive) }
    guard case .end = state else { throw isEmpty ? .empty : .incomplete }
  }

  // MARK: Bytes

  private mutating func read(_ byte: UInt8, receive: ([UInt8]) -> Void) throws(UnreadableAnswer) {
    switch state {
    case .escape(let isName):
      output.append(byte)
      switch byte {
      case UInt8(ascii: "u"): state = .hexadecimal(left: 4, isName: isName)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
        UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
        state = .text(isName: isName)
      default: throw .invalid
      }
      return
    case .hexadecimal(let left, let isName):
      guard byte.isHexadecimalDigit else { throw .invalid }
      output.append(byte)
      state = left > 1 ? .hexadecimal(left: left - 1, isName: isName) : .text(isName: isName)
      return
    case .literal(let literal, let next):
      guard byte == literal.byte(at: next) else { throw .invalid }
      output.append(byte)
      if literal.byte(at: next + 1) != nil {
        state = .literal(literal, next: next + 1)
      } else {
        try endValue(receive)
      }
      return
    default: break
    }
    if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { return }
    isEmpty = false
    switch (state, byte) {
    case (.value, _), (.valueOrEnd, UInt8(ascii: "[")): try beginValue(byte)
    case (.valueOrEnd, UInt8(ascii: "]")): try endContainer(byte, receive)
    case (.valueOrEnd, _): try beginValue(byte)
    case (.nameOrEnd, UInt8(ascii: "}")): try endContainer(byte, receive)
    case (.nameOrEnd, UInt8(ascii: "\"")), (.name, UInt8(ascii: "\"")):
      output.append(byte)
      state = .text(isName: true)
    case (.colon, UInt8(ascii: ":")):
      output.append(byte)
      state = .value
    case (.separator, UInt8(ascii: ",")):
      if !isBetweenElements { output.append(byte) }
      state = containers.last == .object ? .name : .value
    case (.separator, UInt8(ascii: "]")) where containers.last == .list,
      (.separator, UInt8(ascii: "}")) where containers.last == .object:
      try endContainer(byte, receive)
    default: throw .invalid
    }
  }

  private mutating func beginValue(_ byte: UInt8) throws(UnreadableAnswer) {
    if unit == .elements, containers.isEmpty, byte != UInt8(ascii: "[") { throw .noList }
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      guard containers.count < Self.deepest else { throw .tooDeep }
      if unit == .value || !containers.isEmpty { output.append(byte) }
      containers.append(byte == UInt8(ascii: "[") ? .list : .object)
      state = byte == UInt8(ascii: "[") ? .valueOrEnd : .nameOrEnd
      return
    case UInt8(ascii: "\""): state = .text(isName: false)
    case UInt8(ascii: "-"): state = .number(.sign)
    case UInt8(ascii: "0"): state = .number(.zero)
    case UInt8(ascii: "1")...UInt8(ascii: "9"): state = .number(.integer)
    case UInt8(ascii: "t"): state = .literal(.true, next: 1)
    case UInt8(ascii: "f"): state = .literal(.false, next: 1)
    case UInt8(ascii: "n"): state = .literal(.null, next: 1)
    default: throw .invalid
    }
    output.append(byte)
  }

  private mutating func readText(
    _ bytes: [UInt8], _ index: inout Int, isName: Bool, receive: ([UInt8]) -> Void
  ) throws(UnreadableAnswer) {
    let start = index
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      if byte >= 0x80 { hasNonASCII = true }
      index += 1
    }
    output.append(contentsOf: bytes[start..<index])
    guard index < bytes.endIndex else { return }
    let byte = bytes[index]
    guard byte >= 0x20 else { throw .invalid }
    output.append(byte)
    index += 1
    if byte == UInt8(ascii: "\\") {
      state = .escape(isName: isName)
    } else if isName {
      state = .colon
    } else {
      try endValue(receive)
    }
  }

  private mutating func readNumber(
    _ bytes: [UInt8], _ index: inout Int, _ part: NumberPart, receive: ([UInt8]) -> Void
  ) throws(UnreadableAnswer) {
    var part = part
    while index < bytes.endIndex {
      guard let next = Self.part(after: part, bytes[index]) else {
        guard part.canEnd else { throw .invalid }
        // The byte follows the number: it is read again in the next state.
        return try endValue(receive)
      }
      part = next
      output.append(bytes[index])
      index += 1
    }
    state = .number(part)
  }

  private static func part(after part: NumberPart, _ byte: UInt8) -> NumberPart? {
    let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    switch (part, byte) {
    case (.sign, UInt8(ascii: "0")): return .zero
    case (.sign, _): return isDigit ? .integer : nil
    case (.integer, _) where isDigit: return .integer
    case (.zero, UInt8(ascii: ".")), (.integer, UInt8(ascii: ".")): return .point
    case (.point, _): return isDigit ? .fraction : nil
    case (.fraction, _) where isDigit: return .fraction
    case (.zero, UInt8(ascii: "e")), (.zero, UInt8(ascii: "E")), (.integer, UInt8(ascii: "e")),
      (.integer, UInt8(ascii: "E")), (.fraction, UInt8(ascii: "e")), (.fraction, UInt8(ascii: "E")):
      return .exponentMark
    case (.exponentMark, UInt8(ascii: "+")), (.exponentMark, UInt8(ascii: "-")): return .exponentSign
    case (.exponentMark, _), (.exponentSign, _), (.exponent, _): return isDigit ? .exponent : nil
    default: return nil
    }
  }

  // MARK: Ends

  /// Whether the next token separates elements that are delivered one by one.
  private var isBetweenElements: Bool { unit == .elements && containers.count == 1 }

  private mutating func endContainer(_ byte: UInt8, _ receive: ([UInt8]) -> Void) throws(UnreadableAnswer) {
    containers.removeLast()
    if unit == .elements, containers.isEmpty {
      state = .end
    } else {
      output.append(byte)
      try endValue(receive)
    }
  }

  private mutating func endValue(_ receive: ([UInt8]) -> Void) throws(UnreadableAnswer) {
    state = containers.isEmpty ? .end : .separator
    guard containers.isEmpty || isBetweenElements else { return }
    if hasNonASCII, String(validating: output, as: UTF8.self) == nil { throw .notUTF8 }
    receive(output)
    output.removeAll(keepingCapacity: true)
    hasNonASCII = false
  }
}

extension UInt8 {
  fileprivate var isHexadecimalDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}

extension UnreadableAnswer {
  fileprivate static let invalid = UnreadableAnswer(reason: "the response is not valid JSON")
  fileprivate static let incomplete = UnreadableAnswer(reason: "the response is cut off")
  fileprivate static let empty = UnreadableAnswer(reason: "the response is empty")
  fileprivate static let notUTF8 = UnreadableAnswer(reason: "the response is not valid UTF-8")
  fileprivate static let tooDeep = UnreadableAnswer(reason: "the response's JSON is nested too deeply")
  fileprivate static let noList = UnreadableAnswer(reason: "the response is not a list")
}

/// Where text is cut if it doesn't fit.
public enum Truncation: Hashable, Sendable {
  /// `Gare du No…`
  case tail
  /// `Gare d…sion`
  case middle
  /// Keeps the domain of an e-mail address readable: `adelai…@atelier.example`; the domain is cut only when one
  /// character of the rest is left. Text without an `@` is cut at its tail.
  case email
  /// At the end, without an ellipsis.
  case none

  /// Whether the result depends on the end of the text.
  var needsWholeText: Bool {
    self == .middle || self == .email
  }

  /// The parts of a text that can be visible, if it is far longer than any screen: its beginning, and its end if the
  /// result depends on it.
  func visible(_ text: String) -> String {
    let bytes = text.utf8
    guard bytes.count > Self.longest else { return text }
    let part = Self.longest / 8
    let start = String(decoding: bytes.prefix(part), as: UTF8.self)
    return needsWholeText ? start + String(decoding: bytes.suffix(part), as: UTF8.self) : start
  }

  /// In bytes; an eighth of it has more columns than any screen.
  private static let longest = 1 << 14

  /// The cells of `cells` that are kept in `columns`. The ellipsis has the style of the cell that it replaces.
  func apply(to cells: [Cell], columns: Int, ellipsis: CellText) -> [Cell] {
    guard columns > 0 else { return [] }
    guard cells.count > columns else { return cells }
    switch self {
    case .none:
      return cells.leading(columns)
    case .tail:
      return cells.cut(keeping: columns - 1, and: 0, ellipsis: ellipsis)
    case .middle:
      let tail = (columns - 1) / 2
      return cells.cut(keeping: columns - 1 - tail, and: tail, ellipsis: ellipsis)
    case .email:
      guard let at = cells.lastIndex(where: { $0.content == .at }), at > 0, columns > 4 else {
        return cells.cut(keeping: columns - 1, and: 0, ellipsis: ellipsis)
      }
      let domain = cells.count - at
      if domain + 2 <= columns {
        return cells.cut(keeping: columns - 1 - domain, and: domain, ellipsis: ellipsis)
      }
      let local = at > 2 ? Array(cells[..<at]).cut(keeping: 1, and: 0, ellipsis: ellipsis) : Array(cells[..<at])
      let rest = Array(cells[at...]).cut(keeping: columns - local.count - 1, and: 0, ellipsis: ellipsis)
      return local + rest
    }
  }
}

extension [Cell] {
  /// The first cells that fit in `columns`, without half a wide character.
  func leading(_ columns: Int) -> [Cell] {
    guard count > columns else { return self }
    let halves = columns > 0 && self[columns].columns == 0
    return Array(prefix(halves ? columns - 1 : columns))
  }

  /// The last cells that fit in `columns`, without half a wide character.
  func trailing(_ columns: Int) -> [Cell] {
    guard count > columns else { return self }
    let rest = suffix(columns)
    return Array(rest.first?.columns == 0 ? rest.dropFirst() : rest)
  }

  fileprivate func cut(keeping head: Int, and tail: Int, ellipsis: CellText) -> [Cell] {
    let start = leading(head)
    let style = start.count < count ? self[start.count].style : .normal
    return start + [Cell(ellipsis, columns: 1, style: style)] + trailing(tail)
  }
}

extension CellText {
  fileprivate static let at = CellText("@")
}

/// Where text is cut that has no room.
public enum Truncation: Hashable, Sendable {
  /// `Gare du No…`
  case tail
  /// `Gare d…sion`
  case middle
  /// An e-mail address keeps its domain readable: `adelai…@atelier.example`; the domain is cut when one character of
  /// the rest is left. Text without an `@` is cut at its tail.
  case email
  /// Cut without a sign.
  case none

  /// Whether the end of the text matters to what stays.
  var needsWholeText: Bool {
    self == .middle || self == .email
  }

  /// What of a text can be seen at all, where it is far longer than any screen is wide: its beginning, and its end where that
  /// matters.
  func visible(_ text: String) -> String {
    let bytes = text.utf8
    guard bytes.count > Self.longest else { return text }
    let part = Self.longest / 8
    let start = String(decoding: bytes.prefix(part), as: UTF8.self)
    return needsWholeText ? start + String(decoding: bytes.suffix(part), as: UTF8.self) : start
  }

  /// In bytes; an eighth of it has more columns than any screen.
  private static let longest = 1 << 14

  /// The cells that stay of `cells` in `columns`. The ellipsis looks like the cell whose place it takes.
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
  /// The first cells that fit in `columns`, wide characters whole.
  func leading(_ columns: Int) -> [Cell] {
    guard count > columns else { return self }
    let halves = columns > 0 && self[columns].columns == 0
    return Array(prefix(halves ? columns - 1 : columns))
  }

  /// The last cells that fit in `columns`, wide characters whole.
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

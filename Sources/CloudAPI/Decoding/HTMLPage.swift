import FoundationEssentials

/// Recognizes the pages that proxies and sign-in screens send where JSON is expected.
enum HTMLPage {
  /// As far as a title is looked for, in bytes.
  private static let searched = 4096

  /// The title of a page, whole, so that a key in it can be masked; empty when it has none; `nil` when the body is no
  /// page.
  static func title(of body: Data, mediaType: String?) -> String? {
    let start = String(decoding: body.prefix(searched), as: UTF8.self)
    let firstCharacter = start.first { !$0.isWhitespace && $0 != "\u{FEFF}" }
    guard firstCharacter == "<" || mediaType == "text/html" && firstCharacter != "{" && firstCharacter != "[" else {
      return nil
    }
    let lowercased = start.lowercased()
    guard lowercased.count == start.count,
      let open = lowercased.firstRange(of: "<title"),
      let openEnd = lowercased[open.upperBound...].firstIndex(of: ">"),
      let close = lowercased[openEnd...].firstRange(of: "</title")
    else { return "" }
    let title = lowercased.distance(from: lowercased.startIndex, to: lowercased.index(after: openEnd))
    let length = lowercased.distance(from: lowercased.index(after: openEnd), to: close.lowerBound)
    return start.dropFirst(title).prefix(length).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

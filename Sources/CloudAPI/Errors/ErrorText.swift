import FoundationEssentials

/// What a body says that isn't JSON: the title of a page, or the text itself.
enum ErrorText {
  /// As much of a body is looked at, in bytes: far more than is shown once secrets are masked in it.
  private static let lookedAt = 16_384
  /// The longest time to wait that is believed, in seconds.
  private static let longestWait = 86_400

  /// - Returns: one line of any length; `nil` where there is nothing that can be read.
  static func text(of body: Data, mediaType: String?) -> String? {
    if let title = HTMLPage.title(of: body, mediaType: mediaType) { return title.isEmpty ? nil : title }
    let text = String(decoding: body.prefix(lookedAt), as: UTF8.self)
    // What says nothing of its kind may be anything.
    let isText = mediaType.map { $0.hasPrefix("text/") } ?? !text.dropLast().contains { $0 == "\u{FFFD}" || $0 == "\0" }
    guard isText else { return nil }
    // JSON that was cut off says nothing to a person.
    guard let first = text.first(where: { !$0.isWhitespace }), !"{[\"".contains(first) else { return nil }
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line
  }

  /// How long a text asks to wait, as in “Expected available in 12 seconds.”
  static func wait(in text: String) -> Duration? {
    let text = text.lowercased()
    let phrases = ["available in ", "again in ", "retry in ", "retry after ", "wait "]
    guard let phrase = phrases.lazy.compactMap({ text.firstRange(of: $0) }).first else { return nil }
    let rest = text[phrase.upperBound...]
    let number = rest.prefix { ("0"..."9").contains($0) }
    let fraction = rest.dropFirst(number.count).prefix { "0123456789.".contains($0) }
    let unit = rest.dropFirst(number.count + fraction.count).drop { $0 == " " }.prefix(while: \.isLetter)
    let units = [("s", 1), ("m", 60), ("h", 3600)]
    guard let count = Int(number), unit != "ms", let seconds = units.first(where: { unit.hasPrefix($0.0) })?.1
    else { return nil }
    let whole = fraction.isEmpty ? count : count + 1
    return .seconds(min(whole, longestWait / seconds) * seconds)
  }
}

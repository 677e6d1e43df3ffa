import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials
import TerminalUI

/// Texts about a wait: nothing for 300 ms, then `loading…`, later the seconds.
enum WaitText {
  /// - Parameter step: the step in seconds at which the text changes.
  static func text(since: Date?, now: Date, step: Int = 1) -> String? {
    guard let since else { return nil }
    let seconds = now.timeIntervalSince(since)
    if seconds < 0.3 { return nil }
    if seconds < 2 { return "loading…" }
    let said = Int(seconds) / step * step
    if said == 0 { return "loading…" }
    return seconds < 10 ? "loading… \(said) s" : "no answer for \(said) s"
  }

  /// The text for a list: how much of it has arrived.
  static func text(_ status: ListStatus, now: Date, step: Int = 1) -> String? {
    guard let arrived = status.arrived, let since = status.loadingSince else {
      return text(since: status.loadingSince, now: now, step: step)
    }
    // A reload that ends at once needs no text.
    if status.asOf != nil, now.timeIntervalSince(since) < 0.3 { return nil }
    return "loading… \(Count.grouped(arrived))"
  }

  /// The text for a detail pane while the list of clouds is being read.
  static func forClouds(since: Date, now: Date, step: Int = 1) -> String? {
    let seconds = now.timeIntervalSince(since)
    if seconds < 0.3 { return nil }
    let said = Int(seconds) / step * step
    return "Waiting for the list of clouds…" + (said < 2 ? "" : " \(said) s")
  }
}

/// Texts about a failed read: what failed, since when, when it is retried, and what to press. None says what another says.
enum TroubleText {
  /// The keys that help.
  struct Keys: Hashable {
    /// Reads again: `r`, or `2 then r` if the pane must be focused first.
    var refresh: String
    /// Opens another service, or the same with another key.
    var services: String
  }

  /// - Parameter hasAdvice: whether to say what to do besides pressing a key, also if it is retried by itself.
  static func failure(_ failure: ReadFailure, isTrying: Bool, keys: Keys, hasAdvice: Bool = false) -> String {
    let since = " Since \(LocalTime.hourAndMinute(failure.since))."
    return what(failure, hasAdvice: hasAdvice) + since + nextTry(failure, isTrying, keys)
  }

  /// - Parameter part: how many records arrived before the response broke off; `nil` if the list is complete.
  static func stale(asOf: Date?, part: Int?, _ failure: ReadFailure, isTrying: Bool, keys: Keys) -> String {
    let age =
      part.map { "Incomplete: only the first \(Count.grouped($0)). " }
      ?? asOf.map { "As of \(LocalTime.hourAndMinute($0)). " } ?? ""
    return "! \(age)" + Self.failure(failure, isTrying: isTrying, keys: keys)
  }

  /// What failed and, unless it is retried by itself, what to do about it besides pressing a key.
  private static func what(_ failure: ReadFailure, hasAdvice: Bool) -> String {
    let error = failure.error
    guard hasAdvice || failure.nextTry == nil, let advice = error.advice, !error.isSaidByKeys else {
      return error.message
    }
    return "\(error.message) \(advice)"
  }

  private static func nextTry(_ failure: ReadFailure, _ isTrying: Bool, _ keys: Keys) -> String {
    if isTrying { return " Retrying…" }
    if let next = failure.nextTry {
      return " Retrying at \(LocalTime.hourMinuteSecond(next)). Press \(keys.refresh) to retry now."
    }
    let other = failure.error.isAboutKey ? ", \(keys.services) to open another service" : ""
    return " Press \(keys.refresh) to retry\(other)."
  }
}

extension CloudAPIError {
  /// Whether another key or service helps.
  fileprivate var isAboutKey: Bool {
    switch code {
    case .unauthorized, .forbidden, .paymentRequired, .unexpectedRedirect, .badResponse, .rejected: true
    default: isSigningIn
    }
  }

  /// Whether the message and the keys say what the advice says: to try again, or that the key is wrong.
  fileprivate var isSaidByKeys: Bool {
    switch code {
    case .unauthorized: !isSigningIn
    case .notFound, .conflict, .rateLimited, .server, .timedOut, .rejected(status: 408), .cancelled: true
    default: false
    }
  }
}

/// Wraps text at blanks.
enum TextWrap {
  /// Cuts text into lines at any character, without adding or removing any, so that the text can be copied from the
  /// screen.
  static func cut(_ text: String, columns: Int, textWidth: TextWidth) -> [String] {
    columns > 0 ? pieces(text[...], columns, textWidth) : []
  }

  static func lines(_ text: String, columns: Int, textWidth: TextWidth) -> [String] {
    guard columns > 0 else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
      wrap(paragraph, columns, textWidth)
    }
  }

  private static func wrap(_ paragraph: Substring, _ columns: Int, _ textWidth: TextWidth) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in paragraph.split(separator: " ") {
      for piece in pieces(word, columns, textWidth) {
        let width = textWidth.columns(of: piece)
        if used > 0, used + 1 + width > columns {
          lines.append(line)
          line = ""
          used = 0
        }
        line += used > 0 ? " " + piece : piece
        used += used > 0 ? width + 1 : width
      }
    }
    lines.append(line)
    return lines
  }

  /// Splits a word into pieces that fit a line.
  private static func pieces(_ word: Substring, _ columns: Int, _ textWidth: TextWidth) -> [String] {
    guard textWidth.columns(of: String(word)) > columns else { return [String(word)] }
    var pieces: [String] = []
    var piece = ""
    var used = 0
    for character in word {
      let width = textWidth.columns(of: String(character))
      if used + width > columns, used > 0 {
        pieces.append(piece)
        piece = ""
        used = 0
      }
      piece.append(character)
      used += width
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }
}

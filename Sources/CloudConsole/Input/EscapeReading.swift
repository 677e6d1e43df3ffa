import TerminalUI

/// The one place that decides what Esc means together with the bytes after it. An unbound Alt key is Esc and that key;
/// a sequence that may hold an Esc closes a question; a key behind an Esc never confirms or deletes anything.
struct EscapeReading {
  /// What receives the keys.
  struct Target {
    /// Whether it asks for a confirmation.
    var isQuestion = false
    /// Whether a line of text has the focus.
    var isTyping = false
    /// Whether it handles Alt with that key.
    var takesAlt: (Key) -> Bool = { _ in false }
  }

  /// Whether the last Alt key was handled as one, so that the key after it is not behind an Esc.
  private var isAltTaken = false

  /// Translates an event into the events that it means, in order.
  mutating func meaning(of event: TerminalEvent, for target: Target) -> [TerminalEvent] {
    switch event {
    case .key(.alt(let key)):
      isAltTaken = target.takesAlt(key)
      return isAltTaken ? [event] : [.key(.escape), .keyBehindEscape(key)]
    case .key(.escape):
      isAltTaken = false
      return [event]
    case _ where event.mayHoldEscape && target.isQuestion: return meaning(of: .key(.escape), for: target)
    case .key(.keypad(let character)):
      let isAnswer = target.isQuestion && !target.isTyping
      return meaning(of: .key(isAnswer ? .escape : .character(character)), for: target)
    case .keyBehindEscape(.keypad(let character)):
      return meaning(of: .keyBehindEscape(.character(character)), for: target)
    // The Alt key before it was not an Esc.
    case .keyBehindEscape(let key) where isAltTaken: return [.key(key)]
    default: return [event]
    }
  }
}

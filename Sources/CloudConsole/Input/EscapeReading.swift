import TerminalUI

/// The one place that knows what Esc means for what came with it: an Alt key that is none here is Esc and that key, what may
/// hold an Esc leaves a question, and a key behind an Esc confirms and destroys nothing.
struct EscapeReading {
  /// What has the keys.
  struct Target {
    /// Whether it asks whether to do something.
    var isQuestion = false
    /// Whether a line of text has the focus there.
    var isTyping = false
    /// Whether Alt and a key mean something there.
    var takesAlt: (Key) -> Bool = { _ in false }
  }

  /// Whether the last Alt key was one here, so that what came behind it is behind no Esc.
  private var isAltTaken = false

  /// What an event that was read means, in order.
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
    // The Alt key that it is behind was no Esc.
    case .keyBehindEscape(let key) where isAltTaken: return [.key(key)]
    default: return [event]
    }
  }
}

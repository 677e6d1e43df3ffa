import TerminalUI
import Testing

@testable import CloudConsole

struct EscapeReadingTests {
  private typealias Target = EscapeReading.Target

  private let question = Target(isQuestion: true)
  private let typedQuestion = Target(isQuestion: true, isTyping: true)
  private let knowing = Target(takesAlt: { $0 == .character("x") })

  private func meaning(_ events: TerminalEvent..., for target: EscapeReading.Target) -> [TerminalEvent] {
    var reading = EscapeReading()
    return events.flatMap { reading.meaning(of: $0, for: target) }
  }

  @Test func anAltKeyThatIsNoneHereIsEscAndThatKeyBehindIt() {
    #expect(meaning(.key(.alt(.enter)), for: Target()) == [.key(.escape), .keyBehindEscape(.enter)])
    #expect(meaning(.key(.alt(.character("x"))), for: knowing) == [.key(.alt(.character("x")))])
  }

  @Test func whatComesBehindAnAltKeyThatIsOneIsBehindNoEsc() {
    let keys: [TerminalEvent] = [.key(.alt(.character("x"))), .keyBehindEscape(.enter)]
    #expect(meaning(keys[0], keys[1], for: knowing) == [keys[0], .key(.enter)])
    // An Esc between them ends that.
    #expect(meaning(keys[0], .key(.escape), keys[1], for: knowing) == [keys[0], .key(.escape), keys[1]])
    #expect(meaning(keys[1], for: knowing) == [keys[1]])
  }

  @Test func bytesThatMayHoldAnEscLeaveAQuestionAndNothingElse() {
    let bytes = TerminalEvent.unknown(Array("\u{1B}[y".utf8))
    #expect(meaning(bytes, for: question) == [.key(.escape)])
    #expect(meaning(bytes, for: Target()) == [bytes])
    let focus = TerminalEvent.unknown(Array("\u{1B}[I".utf8))
    #expect(meaning(focus, for: question) == [focus])
  }

  @Test func aKeyOfTheKeypadAnswersNoQuestionButIsTyped() {
    #expect(meaning(.key(.keypad("y")), for: question) == [.key(.escape)])
    #expect(meaning(.key(.keypad("3")), for: typedQuestion) == [.key(.character("3"))])
    #expect(meaning(.key(.keypad("3")), for: Target()) == [.key(.character("3"))])
    #expect(meaning(.keyBehindEscape(.keypad("3")), for: question) == [.keyBehindEscape(.character("3"))])
  }

  @Test func everythingElseIsWhatItIs() {
    let events: [TerminalEvent] = [
      .paste("text"), .key(.enter), .undecodable([0xFF]), .resize(Size(columns: 9, rows: 9)),
    ]
    for event in events { #expect(meaning(event, for: question) == [event]) }
  }
}

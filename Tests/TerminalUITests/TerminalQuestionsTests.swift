import TerminalUI
import Testing

@Suite struct TerminalQuestionsTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func asked(
    _ terminal: String = "xterm-256color", _ environment: [String: String] = [:]
  ) -> TerminalQuestions {
    TerminalQuestions(terminal: terminal, environment: environment, asksForBackground: true)
  }

  @Test func itIsAskedForModeBackgroundAndKindInThisOrder() {
    #expect(asked().bytes == bytes("\u{1B}[?2026$p\u{1B}]11;?\u{1B}\\\u{1B}[c"))
    let few = TerminalQuestions(terminal: "xterm", asksForBackground: false)
    #expect(few.bytes == bytes("\u{1B}[?2026$p\u{1B}[c"))
  }

  @Test func whoPutsTextInOrderIsAskedWhereItMatters() {
    let asked = TerminalQuestions(terminal: "xterm", asksForBackground: true, asksForOrder: true)
    #expect(asked.bytes == bytes("\u{1B}[?2026$p\u{1B}[8$p\u{1B}]11;?\u{1B}\\\u{1B}[c"))
    #expect(asked.isAskedForOrder)
    let linux = TerminalQuestions(terminal: "linux", asksForBackground: true, asksForOrder: true)
    #expect(linux.bytes == [] && !linux.isAskedForOrder)
  }

  @Test(arguments: [
    ("8;0", false), ("8;1", false), ("8;2", true), ("8;3", false), ("8;4", true), ("?8;2", false), ("4;2", false),
  ])
  func onlyATerminalThatLeavesTextToProgramsHasItPutInOrder(answer: String, isLeft: Bool) {
    var questions = TerminalQuestions(terminal: "xterm", asksForBackground: true, asksForOrder: true)
    questions.take(bytes("\u{1B}[\(answer)$y"))
    #expect(questions.leavesTextInOrder == isLeft)
    var unasked = asked()
    unasked.take(bytes("\u{1B}[\(answer)$y"))
    #expect(unasked == asked())
  }

  @Test(arguments: ["linux", "vt100", "vt220", "dumb", "screen", "screen-256color", "ansi", "sun", "eterm-color"])
  func aTerminalThatCannotKnowIsNotAsked(terminal: String) {
    #expect(asked(terminal).bytes == [])
    #expect(asked(terminal).isSettled)
  }

  @Test(arguments: ["vte-256color", "xterm-kitty", "alacritty", "foot", "tmux-256color", "rxvt-unicode", "unheard-of"])
  func oneThatMayKnowIsAsked(terminal: String) {
    #expect(!asked(terminal).bytes.isEmpty)
  }

  @Test func tmuxIsAskedAlsoWhereItCallsItselfScreen() {
    #expect(!asked("screen-256color", ["TMUX": "/tmp/tmux-0/default,1,0"]).bytes.isEmpty)
    #expect(asked("screen-256color", ["TMUX": ""]).bytes.isEmpty)
  }

  @Test(arguments: [
    ("rgb:0000/0000/0000", Background.dark), ("rgb:ffff/ffff/ffff", .light), ("rgb:ff/ff/ff", .light),
    ("rgb:f/f/d", .light), ("rgb:fdfd/f6f6/e3e3", .light), ("rgb:0000/2b2b/3636", .dark),
    ("rgba:ffff/ffff/ffff/0000", .light), ("rgb:2e2e/3434/3636", .dark), ("rgb:0000/0000/ffff", .dark),
    ("rgb:0000/ffff/0000", .light),
  ])
  func theBackgroundIsToldByItsLuminance(colour: String, background: Background) {
    for end in ["\u{7}", "\u{1B}\\"] {
      var questions = asked()
      questions.take(bytes("\u{1B}]11;\(colour)\(end)"))
      #expect(questions.background == background)
      #expect(!questions.isSettled)
    }
  }

  @Test(arguments: [
    "\u{1B}]11;rgb:ffff/ffff\u{7}", "\u{1B}]11;rgb:ffff/ffff/ffff/ffff\u{7}", "\u{1B}]11;rgb:+fff/-fff/ffff\u{7}",
    "\u{1B}]11;rgb:fffff/0/0\u{7}", "\u{1B}]11;?\u{7}", "\u{1B}]11;\u{7}", "\u{1B}]10;rgb:ffff/ffff/ffff\u{7}",
    "\u{1B}]11;white\u{7}", "\u{1B}]11;rgb://\u{7}", "\u{1B}[?2026;1\u{7}", "\u{1B}[?2026;9$y", "\u{1B}[?2026;0$y",
    "\u{1B}[?2027;1$y", "\u{1B}[?99999999999999999999;1$y", "\u{1B}[?;$y", "\u{1B}P11;rgb:f/f/f\u{1B}\\", "", "\u{1B}",
  ])
  func whatIsNoGoodAnswerSaysNothing(answer: String) {
    var questions = asked()
    questions.take(bytes(answer))
    #expect(questions == asked())
  }

  @Test(arguments: [(0, false), (1, true), (2, true), (3, true), (4, true), (5, false)])
  func synchronizedOutputIsKnownWhereItsModeIs(state: Int, isKnown: Bool) {
    var questions = asked()
    questions.take(bytes("\u{1B}[?2026;\(state)$y"))
    #expect(questions.synchronizesOutput == isKnown)
  }

  @Test func afterTheLastAnswerNobodyIsListenedTo() {
    var questions = asked()
    questions.take(bytes("\u{1B}[?64;1;2c"))
    #expect(questions.isSettled)
    questions.take(bytes("\u{1B}]11;rgb:ffff/ffff/ffff\u{7}"))
    questions.take(bytes("\u{1B}[?2026;2$y"))
    #expect(questions.background == nil)
    #expect(!questions.synchronizesOutput)
  }

  @Test(arguments: [
    ("15;0", Background.dark), ("0;15", .light), ("0;default;15", .light), ("7;8", .dark), ("0;7", .light),
    ("15;default", nil), ("15", nil), ("", nil), ("0;16", nil), ("0;-1", nil),
  ])
  func theEnvironmentStandsForATerminalThatSaysNothing(value: String, background: Background?) {
    #expect(asked("linux", ["COLORFGBG": value]).background == background)
    var questions = asked("xterm", ["COLORFGBG": value])
    questions.take(bytes("\u{1B}]11;rgb:0/0/0\u{7}"))
    #expect(questions.background == .dark)
  }

  @Test func onlyTheAutomaticThemeFollowsTheBackground() {
    #expect(Theme.auto.on(.light) == .light)
    #expect(Theme.auto.on(.dark) == .dark)
    #expect(Theme.auto.on(nil) == .auto)
    for theme in Theme.allCases where theme != .auto { #expect(theme.on(.light) == theme) }
  }
}

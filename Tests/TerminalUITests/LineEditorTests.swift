import Testing

@testable import TerminalUI

@Suite struct LineEditorTests {
  private func type(_ keys: [Key], into text: String = "") -> LineEditor {
    var editor = LineEditor(text)
    for key in keys {
      let isHandled = editor.handle(key)
      #expect(isHandled)
    }
    return editor
  }

  /// The text with `|` at the cursor.
  private func picture(_ editor: LineEditor) -> String {
    var text = editor.text
    text.insert("|", at: text.index(text.startIndex, offsetBy: editor.cursor))
    return text
  }

  @Test(arguments: [
    ([Key.left, .character("x")], "abx|c"), ([.control("b"), .control("b"), .control("f")], "ab|c"),
    ([.home, .character("x")], "x|abc"), ([.control("a"), .delete], "|bc"), ([.home, .end], "abc|"),
    ([.backspace], "ab|"),
    ([.control("h")], "ab|"), ([.home, .backspace], "|abc"), ([.delete], "abc|"), ([.left, .control("d")], "ab|"),
    ([.left, .control("u")], "|c"), ([.left, .left, .control("k")], "a|"),
    ([.control("u"), .control("y"), .control("y")], "abcabc|"),
    ([.home, .left], "|abc"), ([.right], "abc|"),
  ])
  func keysEditTheLine(keys: [Key], expected: String) {
    #expect(picture(type(keys, into: "abc")) == expected)
  }

  @Test(arguments: [
    ([Key.alt(.character("b"))], "ada@halle.example, orjan@|facade"), ([.control("w")], "ada@halle.example, |"),
    ([.alt(.backspace)], "ada@halle.example, orjan@|"),
    ([.home, .alt(.character("f"))], "ada|@halle.example, orjan@facade"),
    ([.home, .alt(.character("d")), .alt(.character("d"))], "|.example, orjan@facade"),
    ([.home, .alt(.right), .wordRight, .alt(.left)], "ada@|halle.example, orjan@facade"),
    ([.wordLeft], "ada@halle.example, orjan@|facade"), ([.alt(.wordLeft)], "ada@halle.example, orjan@|facade"),
    ([.home, .deleteWord, .alt(.delete)], "|.example, orjan@facade"),
    ([.control("w"), .control("w")], "|"), ([.control("w"), .home, .control("y")], "orjan@facade|ada@halle.example, "),
  ])
  func keysMoveAndKillByWords(keys: [Key], expected: String) {
    #expect(picture(type(keys, into: "ada@halle.example, orjan@facade")) == expected)
  }

  @Test(arguments: [
    Key.enter, .tab, .escape, .up, .function(1), .control("x"), .alt(.character("q")), .alt(.enter), .alt(.up),
  ])
  func otherKeysAreNotHandled(key: Key) {
    var editor = LineEditor("abc")
    let before = editor
    let isHandled = editor.handle(key)
    #expect(!isHandled)
    #expect(editor == before)
  }

  @Test func charactersAreWholeHoweverTheyAreTyped() {
    var editor = type([.character("e"), .character("\u{301}"), .character("x")])
    #expect(editor.text == "e\u{301}x" && editor.cursor == 2)
    _ = editor.handle(.backspace)
    _ = editor.handle(.backspace)
    #expect(editor.text.isEmpty)
    // A letter typed before a stray mark is joined with it into one character.
    editor = type([.home, .character("e")], into: "\u{301}x")
    #expect(editor.cursor == 1)
    #expect(picture(editor) == "e\u{301}|x")
  }

  @Test func aPasteIsOneLine() {
    var editor = LineEditor("a")
    editor.insert("b\r\nc\nd\te\u{1B}[31m\u{07}")
    #expect(editor.text == "ab c d e[31m")
    #expect(editor.cursor == editor.text.count)
  }

  @Test func muchIsPastedAndTypedQuickly() {
    var editor = LineEditor()
    let clock = ContinuousClock()
    let pasting = clock.measure { editor.insert(String(repeating: "é", count: 10_000)) }
    let typing = clock.measure { for _ in 0..<10_000 { _ = editor.handle(.character("x")) } }
    #expect(editor.cursor == 20_000)
    // Takes some milliseconds in a debug build; copying the line for each key would take many seconds.
    #expect(pasting < .milliseconds(500))
    #expect(typing < .seconds(2))
  }

  @Test func theWindowFollowsTheCursor() {
    var editor = LineEditor("abcdefghij")
    #expect(editor.window(columns: 20, textWidth: .builtIn) == ("abcdefghij", 10))
    #expect(editor.window(columns: 11, textWidth: .builtIn) == ("abcdefghij", 10))
    #expect(editor.window(columns: 6, textWidth: .builtIn) == ("ghij", 4))
    _ = editor.handle(.home)
    #expect(editor.window(columns: 6, textWidth: .builtIn) == ("abcdef", 0))
    #expect(editor.window(columns: 0, textWidth: .builtIn) == ("", 0))
    #expect(LineEditor().window(columns: 5, textWidth: .builtIn) == ("", 0))
  }

  @Test func theWindowAlwaysShowsTheCursorAndFits() {
    for text in ["abcdefghijklmnopqrstuvwxyz", "東京駅再開発プロジェクト", "a東b京c駅d", "e\u{301}東\u{200B}x"] {
      for columns in 1...14 {
        var editor = LineEditor(text)
        for _ in 0...text.count {
          let (shown, column) = editor.window(columns: columns, textWidth: .builtIn)
          #expect(0..<columns ~= column, "\(text) \(columns) \(editor.cursor)")
          #expect(TextWidth.builtIn.columns(of: shown) <= columns)
          let cells = TextWidth.builtIn.cells(of: shown)
          let isWide = TextWidth.builtIn.cells(of: String(text.dropFirst(editor.cursor).prefix(1))).first?.columns == 2
          // The character under the cursor is whole, if there is room for it.
          if isWide, columns > 2 { #expect(column < cells.count && cells[column].columns == 2) }
          _ = editor.handle(.left)
        }
      }
    }
  }

  @Test func aCharacterWithMarksWithoutEndKeepsTheFirst() {
    let marks = String(repeating: "\u{301}", count: 100_000)
    var editor = LineEditor("a")
    editor.insert("e" + marks + "z")
    #expect(editor.text.unicodeScalars.count == 1 + 64 + 1)
    #expect(editor.cursor == 3)
    // Also if they are typed one by one.
    var typed = LineEditor("e")
    for _ in 0..<1_000 { _ = typed.handle(.character("\u{301}")) }
    #expect(typed.text.unicodeScalars.count == 64)
    var family = LineEditor()
    family.insert("👩🏽‍👩🏽‍👧🏽‍👦🏽")
    #expect(family.text == "👩🏽‍👩🏽‍👧🏽‍👦🏽")
  }
}

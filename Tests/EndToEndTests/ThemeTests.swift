import FoundationEssentials
import TerminalTestSupport
import TerminalUI
import Testing

/// The recorded screens of `CloudConsoleTests` on a terminal of 256 colours, in each theme.
@Suite(.story) struct ThemeTests {
  /// A screen that is recorded at each of the sizes, and the keys that lead to it.
  enum Recorded: String, CaseIterable {
    case overview, people

    var keys: [Key] {
      switch self {
      case .overview: []
      case .people: [.character("5")]
      }
    }
  }

  private static let sizes = [
    Size(columns: 200, rows: 50), .wide, .medium, Size(columns: 40, rows: 10),
  ]

  @Test(arguments: Theme.allCases, sizes)
  func everyScreenHasTheColoursOfItsTheme(theme: Theme, size: Size) throws {
    let simulator = try SimulatorProcess("--data", "odd")
    let skydeck = try Skydeck.opened(at: simulator.address, "--cloud", "3", "--theme", theme.rawValue, size: size)
    for screen in Recorded.allCases {
      let recorded = try RecordedFrame(screen.rawValue, size)
      for key in screen.keys { try skydeck.press(key) }
      // The header has the service's name and the time of day.
      try skydeck.waitUntil("\(screen) is as recorded") { $0.rows.dropFirst() == recorded.rows.dropFirst() }
      try skydeck.session.waitUntilQuiet()
      let cells = skydeck.screen.cells
      for (row, styles) in recorded.styles.enumerated().dropFirst() {
        for (column, style) in styles.enumerated() where !cells[row][column].isContinuation {
          let (cell, expected) = (cells[row][column], theme.emulated(style))
          #expect(
            cell.style.visible(on: cell.text) == expected.visible(on: cell.text),
            "\(screen), row \(row), column \(column): “\(cell.text)” is \(style)")
        }
      }
    }
    try skydeck.press(.escape, .character("q"))
    #expect(try skydeck.session.exitStatus() == .exited(0))
  }
}

/// A frame as `expectRecorded` writes it.
private struct RecordedFrame {
  let rows: [String]
  let styles: [[Style]]

  init(_ name: String, _ size: Size) throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appending(path: "CloudConsoleTests/Screens/\(name)-\(size.columns)x\(size.rows).txt")
    let lines = String(decoding: try Data(contentsOf: file), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    rows = lines.prefix(size.rows).map(String.init)
    styles = try lines.dropFirst(size.rows + 1).prefix(size.rows).map { line in
      try line.map { letter in try #require(Self.styles[letter]) }
    }
  }

  /// The style of each letter of `Frame.styleText`.
  private static let styles: [Character: Style] = {
    let flags = [false, true]
    var styles: [Character: Style] = [:]
    for tone in Style.Tone.allCases {
      for bold in flags {
        for reverse in flags {
          for underline in flags {
            let style = Style(tone, bold: bold, reverse: reverse, underline: underline)
            var frame = Frame(size: Size(columns: 1, rows: 1), textWidth: .builtIn)
            frame.write("x", at: Point(column: 0, row: 0), style: style)
            // Labels have a letter for two styles: the plain one is the first.
            if let letter = frame.styleText().first, styles[letter] == nil { styles[letter] = style }
          }
        }
      }
    }
    styles["."] = .normal
    return styles
  }()
}

extension Theme {
  /// The look of a style on a terminal of 256 colours with an unknown background. What has no colour is told by
  /// attributes.
  fileprivate func emulated(_ style: Style) -> EmulatedStyle {
    var emulated = EmulatedStyle()
    emulated.foreground = colour(of: style.tone, depth: .many)
    (emulated.bold, emulated.reverse, emulated.underline) = (style.bold, style.reverse, style.underline)
    guard emulated.foreground == nil else { return emulated }
    switch style.tone {
    case .accent, .danger: emulated.bold = true
    case .muted: emulated.dim = !style.bold
    default: break
    }
    return emulated
  }
}

extension EmulatedStyle {
  /// The part that is visible on a text.
  fileprivate func visible(on text: String) -> EmulatedStyle { text == " " ? onBlank : self }
}

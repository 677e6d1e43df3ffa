import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import TerminalUI
import Testing

@testable import CloudConsole

/// No text from the API can move the cursor, colour the screen or displace a border.
@MainActor
@Suite(.timeLimit(.minutes(5))) struct HostileTextTests {
  private nonisolated static let names = [
    "\u{1B}[2J\u{1B}[31mred", "a\u{9B}2Jb\u{85}c", "gpj.\u{202E}exe\u{2066}x",
    "zero\u{200B}\u{200D}\u{FEFF}width\u{2060}",
    "line\nbreak\r\ttab", String(repeating: "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", count: 30),
    String(repeating: "東京", count: 120), "👩‍👩‍👧‍👦 family 🏳️‍🌈 🇫🇷", "नमस्ते क्षि", "\u{0301}starts with a mark",
    "\u{E0041}\u{E0042}tags", String(repeating: "\u{200B}", count: 50), "\u{7F}\u{8}\u{8}\u{8}back", "﷽﷽﷽",
    "\u{1160}\u{11A8}", "\u{1F3FB}\u{FE0F}",
  ]

  @Test(arguments: [
    Size(columns: 200, rows: 50), Size(columns: 120, rows: 34), Size(columns: 80, rows: 24),
    Size(columns: 40, rows: 10),
  ])
  func everyRowKeepsItsBordersWhateverTheNamesAre(size: Size) async throws {
    let hostile = try await ConsoleUnderTest(.empty, size: size)
    for name in Self.names {
      // The service trims names, and the rest must not be empty.
      _ = try await hostile.service.client.createCloud(CloudDraft(name: "x\(name)"))
    }
    await hostile.simulator.setFaults(Self.details)
    await hostile.start()
    for _ in Self.names {
      let frame = hostile.present()
      let places = hostile.console.layout.panes.values.filter { $0.columns < size.columns }
      let borders = (0..<size.rows).map { row in
        places.filter { $0.row <= row && row < $0.endRow }.flatMap { [$0.column, $0.endColumn - 1] }.sorted()
      }
      #expect(Self.borders(of: frame) == borders)
      Self.expectHarmless(frame)
      await hostile.press(.down)
    }
  }

  @Test(arguments: [Key.enter, .character("D"), .character("e"), .character("i"), .character("S"), .character("M")])
  func dialogsKeepTheirBordersWhateverTheNamesAre(key: Key) async throws {
    for name in Self.names {
      let test = try await ConsoleUnderTest(.empty, size: Size(columns: 80, rows: 24))
      _ = try await test.service.client.createCloud(CloudDraft(name: "x\(name)"))
      await test.start()
      await test.press(key)
      let frame = test.present()
      Self.expectHarmless(frame)
      let content = try #require(test.console.layers.last?.layer.content(size: frame.size, textWidth: .builtIn))
      let place = DialogContent.place(content.extent, lines: content.lines.count, in: frame.size)
      for row in place.row + 1..<place.endRow - 1 {
        #expect(frame.rows[row][place.column].text == "│")
        #expect(frame.rows[row][place.endColumn - 1].text == "│")
      }
      #expect(frame.rows[place.row][place.endColumn - 1].text == "╮")
      #expect(frame.rows[place.endRow - 1][place.endColumn - 1].text == "╯")
    }
  }

  @Test func aNameThatHidesCharactersHasABadgeAndItsRecordSaysWhich() async throws {
    let test = try await ConsoleUnderTest(.empty, size: Size(columns: 80, rows: 24))
    _ = try await test.service.client.createCloud(CloudDraft(name: "gpj.\u{202E}exe\u{200B}"))
    _ = try await test.service.client.createCloud(CloudDraft(name: "Réhabilitation 東京 👩‍👩‍👧"))
    await test.start()
    await test.press(.home)
    let frame = test.present()
    try expectRecorded(frame, as: "hidden-80x24")
    #expect(test.line(with: "Réhabilitation")?.contains("!") == false)
    await test.press(.enter)
    try expectRecorded(test.present(), as: "hidden-record-80x24")
  }

  @Test func aNoticeCannotHarmTheScreenEither() async throws {
    let test = try await ConsoleUnderTest()
    await test.start()
    for name in Self.names {
      test.workspace.context.notices.say(.failure, name)
      Self.expectHarmless(test.present())
    }
    await test.press("L")
    Self.expectHarmless(test.present())
  }

  /// The lists of a cloud's details, with hostile text in every field.
  private nonisolated static let details: @Sendable (HTTPRequest) -> Fault? = { request in
    let path = request.path ?? ""
    let texts = names.map(quoted)
    let items: [String] =
      if path.hasSuffix("/user") {
        texts.enumerated().map {
          "{\"id\":\($0),\"email\":\($1),\"company\":\($1),\"firstname\":\($1),\"cloud_role\":-7}"
        }
      } else if path.hasSuffix("/invitation") {
        texts.enumerated().map { "{\"id\":\($0),\"email\":\($1),\"redirect_uri\":\($1)}" }
      } else if path.hasSuffix("/processor") {
        texts.enumerated().map { "{\"id\":\($0),\"name\":\($1),\"parent_processors\":[\(($0 + 1) % 5)]}" }
      } else {
        []
      }
    guard !items.isEmpty else { return nil }
    return .reply(
      status: .ok, fields: [.contentType: "application/json"], body: "[\(items.joined(separator: ","))]")
  }

  private nonisolated static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars.flatMap { $0.utf16 }.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    return "\"" + scalars.joined() + "\""
  }

  /// The columns of the vertical border lines in each row.
  private static func borders(of frame: Frame) -> [[Int]] {
    frame.rows.map { row in
      row.indices.filter { "│╭╮╰╯".contains(row[$0].text) && !row[$0].text.isEmpty && isEdge(row, $0) }
    }
  }

  /// Whether a character belongs to a border; the line of a graph is inside a pane, after a blank.
  private static func isEdge(_ row: [Cell], _ column: Int) -> Bool {
    guard row[column].text == "│" else { return true }
    guard column > 0, column + 1 < row.count else { return true }
    return [row[column - 1], row[column + 1]].contains { ["│", "╭", "╮", "╰", "╯"].contains($0.text) }
  }

  private static func expectHarmless(_ frame: Frame, sourceLocation: SourceLocation = #_sourceLocation) {
    for row in frame.rows {
      #expect(row.reduce(0) { $0 + $1.columns } == frame.size.columns, sourceLocation: sourceLocation)
      for cell in row {
        for scalar in cell.text.unicodeScalars {
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
            Issue.record("U+\(String(scalar.value, radix: 16)) is in a cell", sourceLocation: sourceLocation)
          default: break
          }
        }
      }
    }
  }
}

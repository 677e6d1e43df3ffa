import TerminalTestSupport
import TerminalUI
import Testing

/// Checks the emulator itself, on which the stories depend.
@Suite struct ScreenEmulatorTests {
  private func rows(_ bytes: String, columns: Int = 8, rows: Int = 3) -> [String] {
    var emulator = ScreenEmulator(size: Size(columns: columns, rows: rows))
    // Byte by byte, because a sequence may be split anywhere.
    for byte in bytes.utf8 { emulator.feed([byte]) }
    #expect(emulator.unknown == [])
    return emulator.cells.map { row in
      let text = row.map(\.text).joined()
      return text.lastIndex { $0 != " " }.map { String(text[...$0]) } ?? ""
    }
  }

  @Test(arguments: [
    ("ab\r\ncd", ["ab", "cd", ""]), ("\u{1B}[2;3Hx", ["", "  x", ""]), ("abcdefgh\u{1B}[Kx", ["abcdefgx", "", ""]),
    ("abcdefghi", ["abcdefgh", "i", ""]), ("abcdefgh\ri", ["ibcdefgh", "", ""]), ("a\u{08}b", ["b", "", ""]),
    ("abcdef\u{1B}[3G\u{1B}[2X", ["ab  ef", "", ""]), ("abcdef\u{1B}[3G\u{1B}[2P", ["abef", "", ""]),
    ("abcdef\u{1B}[3G\u{1B}[2@", ["ab  cdef", "", ""]), ("ab\u{1B}[3b", ["abbbb", "", ""]),
    ("a\r\nb\r\nc\r\nd", ["b", "c", "d"]), ("a\r\nb\r\nc\u{1B}[2H\u{1B}[L", ["a", "", "b"]),
    ("a\r\nb\r\nc\u{1B}[1H\u{1B}[M", ["b", "c", ""]), ("a\r\nb\r\nc\u{1B}[1;2r\u{1B}[2H\n", ["b", "", "c"]),
    ("a\u{1B}[H\u{1B}M", ["", "a", ""]), ("\u{1B}(0lqk\u{1B}(Bq", ["┌─┐q", "", ""]), ("東京x", ["東京x", "", ""]),
    ("東\u{1B}[2Gx", [" x", "", ""]), ("abcdefg東", ["abcdefg", "東", ""]), ("e\u{301}x", ["e\u{301}x", "", ""]),
    ("abc\u{1B}[1J", ["", "", ""]), ("abc\u{1B}[2G\u{1B}[1K", ["  c", "", ""]),
    ("a\u{1B}[4hb\rc\u{1B}[4l", ["cab", "", ""]),
    ("main\u{1B}[?1049hother\u{1B}[?1049l", ["main", "", ""]), ("a\u{1B}[2dx\u{1B}[5`y", ["a", " x  y", ""]),
  ])
  func itShowsWhatATerminalShows(bytes: String, expected: [String]) {
    #expect(rows(bytes) == expected)
  }

  @Test func attributesAndColoursAreKept() {
    var emulator = ScreenEmulator(size: Size(columns: 4, rows: 1))
    emulator.feed("\u{1B}[1;38;5;33ma\u{1B}[0;7;41mb\u{1B}[27;39;49mc\u{1B}[mx".utf8)
    let styles = emulator.cells[0].map(\.style)
    #expect(styles[0].bold && styles[0].foreground == 33)
    #expect(styles[1].reverse && styles[1].background == 1 && !styles[1].bold)
    #expect(styles[2] == EmulatedStyle() && styles[3] == EmulatedStyle())
  }

  @Test func whatItDoesNotKnowIsListed() {
    var emulator = ScreenEmulator(size: Size(columns: 4, rows: 1))
    emulator.feed("\u{1B}[5z\u{1B}[?9999h\u{1B}[77m\u{01}".utf8)
    #expect(emulator.unknown == ["Esc [ 5z", "mode 9999", "SGR 77", "control 1"])
  }
}

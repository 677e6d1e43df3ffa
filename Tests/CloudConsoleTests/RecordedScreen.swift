import FoundationEssentials
import TerminalUI
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Compares the text and styles of a screen with the file of this name in `Screens`.
///
/// With `SKYDECK_RECORD=1` in the environment, it writes the file instead: check the difference before committing it.
func expectRecorded(_ frame: Frame, as name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Screens/\(name).txt")
  let rule = String(repeating: "=", count: frame.size.columns)
  let cursor = frame.cursor.map { "cursor at column \($0.column), row \($0.row)" } ?? "no cursor"
  let screen = [frame.text(), rule, frame.styleText(), rule, cursor, ""].joined(separator: "\n")
  if getenv("SKYDECK_RECORD") != nil {
    try Data(screen.utf8).write(to: file)
    return
  }
  let recorded = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
  guard let recorded else {
    Issue.record("There is no recorded screen \(name): run with SKYDECK_RECORD=1.", sourceLocation: sourceLocation)
    return
  }
  let difference = zip(
    screen.split(separator: "\n", omittingEmptySubsequences: false),
    recorded.split(separator: "\n", omittingEmptySubsequences: false)
  ).first { $0 != $1 }
  #expect(
    screen == recorded,
    "\(name) is now\n\(difference?.0 ?? "longer or shorter")\nand was\n\(difference?.1 ?? "")",
    sourceLocation: sourceLocation)
}

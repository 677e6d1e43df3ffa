import ArgumentParser
import TerminalUI

/// A size as it is typed: `80x24`.
struct TerminalSize: ExpressibleByArgument, CustomStringConvertible {
  let size: Size

  init(columns: Int, rows: Int) {
    size = Size(columns: columns, rows: rows)
  }

  init?(argument: String) {
    let parts = argument.split(whereSeparator: { "x×".contains($0) }).compactMap { Int($0) }
    guard parts.count == 2, (40...1000).contains(parts[0]), (10...1000).contains(parts[1]) else { return nil }
    self.init(columns: parts[0], rows: parts[1])
  }

  var description: String { "\(size.columns)×\(size.rows)" }
  var defaultValueDescription: String { description }
}

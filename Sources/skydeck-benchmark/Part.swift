import ArgumentParser
import TerminalUI

/// A part of the benchmark, by its name on the command line.
enum Part: String, CaseIterable, ExpressibleByArgument {
  // First, because memory that the benchmark holds by then counts for the programs that it starts.
  case commands
  case start, keys, updates, flood, idle
  case longList = "long-list"
  case sizes, people
  case longRun = "long-run"

  /// The parts that run by default: all that end soon.
  static let usual = allCases.filter { $0 != .longRun }
}

/// The sizes and repetitions of the measurements.
struct Extent {
  var size: Size
  var starts: Int
  var keys: Int
  var idle: Duration
  var commandRuns: Int
  var longRun: Duration
}

/// The results of a part.
struct Findings {
  let tables: [Table]
  /// Failures; empty if there are none.
  var defects: [String] = []
}

extension Part {
  func measure(_ extent: Extent) throws -> Findings {
    switch self {
    case .start: try StartFigures.findings(extent)
    case .keys: try KeyFigures.findings(extent)
    case .updates: try UpdateFigures.findings(extent)
    case .flood: try FloodFigures.findings(extent)
    case .idle: try IdleFigures.findings(extent)
    case .longList: try LongListFigures.findings(extent)
    case .sizes: try SizeFigures.findings(extent)
    case .people: try PeopleFigures.findings(extent)
    case .commands: try CommandFigures.findings(extent)
    case .longRun: try LongRunFigures.findings(extent)
    }
  }
}

/// The console with a cloud's users, and the C lists with as many rows.
struct Lists {
  /// One more than the presses of Down, so that the last row is only reached if every press counts.
  static let rows = FloodFigures.keys + 1

  let service: Service
  let users: Program
  let references: [Program]
  var referenceNames: [String] { references.map(\.name) }

  init() throws {
    service = try Service(clouds: 3, users: Self.rows)
    users = .users(of: service)
    references = [true, false].map { Program.reference(marks: $0, rows: Self.rows) }
  }
}

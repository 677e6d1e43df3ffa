import TerminalTestSupport
import TerminalUI

/// How long the console takes to fetch the sizes of many clouds over a slow line, and to show those on the screen.
struct SizeFigures {
  private static let sizes = CommandFigures.Sizes.self
  private static let latency = Duration.milliseconds(sizes.latency)

  /// From the first request for a size to the last response, in milliseconds, measured by the service.
  var allSizes = Sample()
  /// From the response with the list until the screen shows the sizes, in milliseconds.
  var visibleSizes = Sample()
  /// The round trips of the connections until all sizes on the screen were requested.
  var roundTrips = Sample()

  /// Measures the console, then curl with as many connections.
  private static func measure(size: Size, runs: Int) throws -> [SizeFigures] {
    let service = try RecordedService(Service(clouds: sizes.clouds, users: 1), latency: latency)
    let program = Program.console(at: service.address, rows: String(sizes.clouds))
    let curl = sizes.curl(at: service.address)
    // Records the responses before the measurement.
    _ = try TimedProcess(curl.line)
    var figures = [SizeFigures(), SizeFigures()]
    for _ in 0..<runs {
      service.forgetRequests()
      let run = try ProgramRun(program, size: size)
      try figures[0].add(service, run, visible: size.rows - 6)
      service.forgetRequests()
      _ = try TimedProcess(curl.line)
      figures[1].allSizes.add(allSizes(service))
    }
    return figures
  }

  private mutating func add(_ service: RecordedService, _ run: ProgramRun, visible: Int) throws {
    allSizes.add(Self.allSizes(service))
    let requests = service.requests
    guard let listed = requests.first(where: { $0.path.hasPrefix("/cloud") && !Self.isSize($0) })?.answered else {
      throw BenchmarkError.notShown("the list of clouds", screen: run.screen.text)
    }
    let shown = run.start.time { screen in
      screen.rows.dropFirst(3).prefix(visible).allSatisfy(Self.hasSize)
    }
    visibleSizes.add(shown.map { $0 - run.began.duration(to: listed) })
    // The generated clouds are listed by id, from 1 on.
    let wanted = Set((1...visible).map { "/cloud/\($0)/size" })
    let paths = requests.filter(Self.isSize).map(\.path)
    if let last = wanted.compactMap({ paths.firstIndex(of: $0) }).max() {
      roundTrips.add(Double(last / Self.sizes.connections + 1))
    }
  }

  /// Whether a row of the clouds pane shows a cloud, and its size instead of a dot.
  private static func hasSize(_ row: String) -> Bool {
    let pane = row.prefix(36)
    return pane.count { $0.isLetter } > 3 && !pane.contains("·")
  }

  private static func isSize(_ request: RecordingServer.Request) -> Bool { request.path.hasSuffix("/size") }

  private static func allSizes(_ service: RecordedService) -> Duration? {
    let requests = service.requests.filter(isSize)
    guard requests.count >= sizes.clouds, let first = requests.first?.came,
      let last = requests.compactMap(\.answered).max()
    else { return nil }
    return first.duration(to: last)
  }

  static func findings(_ extent: Extent) throws -> Findings {
    let figures = try measure(size: extent.size, runs: min(extent.starts, 3))
    let visible = extent.size.rows - 6
    let turns = (visible + sizes.connections - 1) / sizes.connections
    var table = Table(subject: "skydeck", references: ["curl --parallel"])
    table.section(
      "Sizes of \(sizes.clouds) clouds in the console, \(sizes.latency) ms latency, \(sizes.connections) connections")
    table.row("all of them, ms", figures.map(\.allSizes.median), goal: .ratio(1.2))
    table.row("those of the \(visible) rows on the screen, ms after the list", [figures[0].visibleSizes.median, .nan])
    table.row(
      "  turns of the connections for them", [figures[0].roundTrips.median, .nan], goal: .atMost(Double(turns)))
    return Findings(tables: [table])
  }
}

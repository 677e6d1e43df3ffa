import TerminalTestSupport
import TerminalUI

/// The resources that remain in use after an hour's worth of keys, faults, resizes and refreshes in quick succession.
struct LongRunFigures {
  /// A measurement during the run.
  struct Moment {
    let gestures: Int
    let usage: ProcessUsage
  }

  /// As many as one every two seconds for an hour.
  private static let gestures = 1_800
  private static let faults = [
    "latency=200:p=0.05", "500:GET:p=0.03", "502:GET:p=0.02", "429=1:GET:p=0.01", "reset-before:p=0.02",
    "reset-after:p=0.02", "truncated=100:GET:p=0.02", "drip=512/5:GET:p=0.02",
  ]
  /// The largest allowed ratio of memory at the end to memory after a fifth of the run.
  private static let growth = 1.2

  private static func measure(_ extent: Extent) throws -> [Moment] {
    let service = try Service(clouds: 200, users: 300, faults: faults)
    let program = Program.console(at: service.address, rows: "200")
    let run = try ProgramRun(program, size: extent.size)
    let pause = extent.longRun / gestures
    var random = Script(seed: 1)
    var moments: [Moment] = []
    for count in 1...gestures {
      let gesture = random.next(size: extent.size)
      if let size = gesture.size { run.resize(to: size) }
      for keys in gesture.keys {
        try run.send(keys)
        run.watch(for: pause / gesture.keys.count)
      }
      if count.isMultiple(of: gestures / 10) {
        // Back to the list at its original size, wherever the keys have led.
        run.resize(to: extent.size)
        for _ in 0..<3 { try run.send("\u{1B}") }
        run.watch(for: .seconds(1))
        guard let usage = run.usage else { throw BenchmarkError.ended(program: program.name) }
        moments.append(Moment(gestures: count, usage: usage))
      }
    }
    return moments
  }

  static func findings(_ extent: Extent) throws -> Findings {
    let moments = try measure(extent)
    var table = Table(
      subject: "after \(moments[1].gestures)", references: ["after \(moments[4].gestures)", "at the end"])
    let chosen = [moments[1], moments[4], moments[9]].map(\.usage)
    table.section("An hour's worth of use (\(gestures) gestures in \(extent.longRun), with faults)")
    table.row("memory, MB", chosen.map { Double($0.memory) / 1_048_576 }, decimals: 1)
    table.row("peak memory, MB", chosen.map { Double($0.peakMemory) / 1_048_576 }, decimals: 1)
    table.row("descriptors", chosen.map { Double($0.descriptorCount) })
    table.row("threads", chosen.map { Double($0.threadCount) })
    let (first, last) = (moments[1].usage, moments[9].usage)
    var defects: [String] = []
    if Double(last.memory) > growth * Double(first.memory) { defects.append("skydeck's memory grows in the long run.") }
    // The number of connections varies; a leak exceeds this variation.
    if last.descriptorCount > max(first.descriptorCount, moments[4].usage.descriptorCount) + 16 {
      defects.append("skydeck's descriptors grow in the long run.")
    }
    if last.threadCount > first.threadCount + 4 { defects.append("skydeck's threads grow in the long run.") }
    return Findings(tables: [table], defects: defects)
  }
}

/// Random actions of a user, the same for the same seed.
private struct Script {
  struct Gesture {
    var keys: [String] = []
    var size: Size?
  }

  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// SplitMix64.
  private mutating func random(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((value ^ (value >> 31)) % UInt64(limit))
  }

  mutating func next(size: Size) -> Gesture {
    let down = "\u{1B}[B"
    let up = "\u{1B}[A"
    switch random(below: 16) {
    case 0...3: return Gesture(keys: Array(repeating: down, count: 1 + random(below: 5)))
    case 4: return Gesture(keys: Array(repeating: up, count: 1 + random(below: 3)))
    case 5: return Gesture(keys: ["\u{1B}[6~", "\u{1B}[5~"])
    case 6: return Gesture(keys: ["\t"])
    case 7: return Gesture(keys: ["/", "a", "n", "\r", "\u{1B}"])
    case 8: return Gesture(keys: ["r"])
    case 9: return Gesture(keys: ["\r", "\u{1B}"])
    case 10: return Gesture(keys: ["s", "\r"])
    case 11: return Gesture(keys: ["S", down, "\u{1B}"])
    case 12: return Gesture(keys: ["1", "c", "Cloud \(random(below: 1_000_000))", "\r", "\u{1B}", "\u{1B}"])
    case 13: return Gesture(keys: ["1", "D", "\u{1B}"])
    case 14:
      let wanted = Size(columns: 60 + random(below: 100), rows: 15 + random(below: 30))
      return Gesture(keys: [down], size: wanted)
    default: return Gesture(keys: ["?", "\u{1B}"], size: size)
    }
  }
}

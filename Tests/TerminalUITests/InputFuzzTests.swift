import TerminalTestSupport
import TestSupport
import Testing

@testable import TerminalUI

/// Thousands of escape sequences, known and unknown, split at every byte by pauses up to the limit: each is one event,
/// and no part of it is a key other than the whole.
@Suite struct InputFuzzTests {
  private static let start = ContinuousClock.now
  private static let pauses: [Duration] = [0, 49, 51, 300, 499].map { .milliseconds($0) }

  private func settle(_ decoder: inout InputDecoder) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    while let deadline = decoder.deadline { events += decoder.settle(at: deadline) }
    return events
  }

  /// The events of two parts that are read with a pause between them.
  private func decode(
    _ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>, pause: Duration, isTimerInTime: Bool
  ) -> [TerminalEvent] {
    var decoder = InputDecoder()
    var events = decoder.decode(first, at: Self.start)
    let later = Self.start + pause
    if isTimerInTime, let deadline = decoder.deadline, deadline < later { events += decoder.settle(at: deadline) }
    events += decoder.decode(second, at: later)
    return events + settle(&decoder)
  }

  private func expectOneEvent(_ bytes: [UInt8]) {
    let whole = decode(bytes[...], [], pause: .zero, isTimerInTime: true)
    #expect(whole.count == 1, "\(bytes.shown): \(whole)")
    guard let event = whole.first else { return }
    for split in 1..<bytes.count {
      for pause in Self.pauses {
        for isTimerInTime in pause > InputDecoder.escapeSilence ? [true, false] : [true] {
          var events = decode(bytes[..<split], bytes[split...], pause: pause, isTimerInTime: isTimerInTime)
          if split == 1, pause > InputDecoder.escapeSilence {
            // An Esc alone for that long is the key; what follows is still a sequence, but not a key.
            #expect(events.first == .key(.escape), "\(bytes.shown) at \(split): \(events)")
            events.removeFirst(min(1, events.count))
          }
          #expect(events.count == 1, "\(bytes.shown) at \(split) by \(pause): \(events)")
          #expect(
            events.allSatisfy { $0 == event || $0 == .unknown(bytes) },
            "\(bytes.shown) at \(split) by \(pause): \(events)")
        }
      }
    }
  }

  @Test func knownSequencesAreOneEventHoweverTheyAreSplit() {
    for sequence in EscapeSequences.known { expectOneEvent(sequence) }
  }

  @Test(arguments: 0..<4) func randomSequencesAreOneEventHoweverTheyAreSplit(seed: UInt64) {
    var sequences = EscapeSequences(seed: seed)
    for _ in 0..<150 { expectOneEvent(sequences.next()) }
  }

  @Test func manySequencesInARowStayThemselves() {
    var sequences = EscapeSequences(seed: 77)
    var generator = SeededGenerator(seed: 78)
    for _ in 0..<200 {
      let some = (0..<20).map { _ in sequences.next() }
      let bytes = some.flatMap { $0 }
      var decoder = InputDecoder()
      var now = Self.start
      var events: [TerminalEvent] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        // Never split after an Esc, which could be a key.
        var count = min(rest.count, Int.random(in: 1...12, using: &generator))
        while count < rest.count, rest[rest.startIndex + count - 1] == 0x1B { count += 1 }
        events += decoder.decode(rest.prefix(count), at: now)
        rest = rest.dropFirst(count)
        now += .milliseconds(Int.random(in: 0...499, using: &generator))
      }
      events += settle(&decoder)
      #expect(events.count == some.count)
    }
  }

  @Test func aClippedMouseReportLeavesNoKeyBehind() {
    for bytes: [UInt8] in [
      [0x20, 0, 0x44], [0x20, 0x44, 0], [0x20, 0, 0], [0x20, 0xC3, 0x84, 0x44], [0x20, 0x44, 0xC4, 0x80],
    ] {
      let report = Array("\u{1B}[M".utf8) + bytes
      #expect(decode(report[...], [], pause: .zero, isTimerInTime: true) == [.unknown(report)])
    }
  }
}

extension [UInt8] {
  fileprivate var shown: String { String(decoding: self, as: UTF8.self).debugDescription }
}

/// A clock on which every sleep ends at once, and is recorded.
final class RecordingClock: Clock {
  struct Instant: InstantProtocol {
    var offset: Duration

    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (lhs: Instant, rhs: Instant) -> Bool { lhs.offset < rhs.offset }
  }

  private actor Diary {
    var slept: [Duration] = []
    func add(_ duration: Duration) { slept.append(duration) }
  }

  private let diary = Diary()

  var slept: [Duration] {
    get async { await diary.slept }
  }

  let now = Instant(offset: .zero)
  let minimumResolution = Duration.zero

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try Task.checkCancellation()
    await diary.add(now.duration(to: deadline))
  }
}

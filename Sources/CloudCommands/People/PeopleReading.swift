import CloudAPI
import CloudAccess
import CloudChanges
import CloudViewModels
import FoundationEssentials

/// Reads who is in which cloud, for a command: with its progress and what couldn't be read on standard error.
struct PeopleReading {
  let session: CommandSession
  /// The lists that are read of each cloud.
  let kinds: [AccessList.Kind]

  init(_ session: CommandSession, _ kinds: [AccessList.Kind] = AccessList.Kind.allCases) {
    self.session = session
    self.kinds = kinds
  }

  /// What was read.
  struct Result {
    var index: PeopleIndex
    /// Why the reading ended before all lists were read.
    let end: CloudAPIError?
  }

  /// All clouds that the key sees.
  func clouds() async throws(CommandFailure) -> [CloudReference] {
    try await session.calling { () async throws(CloudAPIError) in
      try await session.connection.client.read(.getClouds).map { CloudReference(id: $0.id, name: $0.name) }
    }
  }

  /// Some clouds by their ids, which must exist.
  func clouds(_ ids: [Cloud.ID]) async throws(CommandFailure) -> [CloudReference] {
    let client = session.connection.client
    return try await session.calling { () async throws(CloudAPIError) in
      var clouds: [CloudReference] = []
      for id in ids {
        let cloud = try await client.read(.getCloud(id))
        clouds.append(CloudReference(id: id, name: cloud.name))
      }
      return clouds
    }
  }

  /// Reads the lists of these clouds.
  ///
  /// - Parameter receive: called with the index after each list was taken, in the order of arrival.
  func read(
    _ clouds: [CloudReference], receive: (PeopleIndex, AccessList) async -> Void = { _, _ in }
  ) async -> Result {
    var index = PeopleIndex(clouds)
    let lists = clouds.filter { !$0.id.isMissing }.flatMap { cloud in kinds.map { AccessList($0, of: cloud.id) } }
    let sweep = AccessSweep(
      lists, reader: session.connection.client, concurrency: session.connection.concurrency, patience: .limited,
      clock: session.environment.clock, now: session.environment.now)
    var progress = Progress(session, lists: lists)
    let end = await sweep.run { reading in
      index.take(reading)
      await progress.pause()
      await receive(index, reading.list)
      progress.show(index.readClouds(kinds), pausedUntil: sweep.pausedUntil)
    }
    await progress.pause()
    return Result(index: index, end: end)
  }

  /// The status of a reading, after what is known was printed: of how many clouds it knows is said, and why lists are
  /// missing.
  ///
  /// - Parameter found: what was found, in words: `612 people in`; `nil` if it was said.
  /// - Throws: the status if something is missing.
  func report(_ result: Result, found: String?) throws(CommandFailure) {
    if let end = result.end, end.code == .cancelled { throw .api(end) }
    let coverage = result.index.coverage(kinds)
    if let found {
      let rest = coverage.isOver ? "" : ", \(Count.grouped(coverage.waiting)) not read"
      session.remark(code: coverage.isComplete ? "read" : "incomplete", "\(found) \(coverage.text)\(rest).")
    }
    for group in coverage.missing { session.report(group) }
    if let end = result.end { throw .api(end) }
    guard !coverage.isComplete else { return }
    throw .reported(coverage.status)
  }
}

extension PeopleReading {
  /// The line that says how far the reading is, on a terminal.
  private struct Progress {
    private let session: CommandSession
    private let count: Int
    private let age: @Sendable () -> Duration
    private var shown: Duration?
    private var isShown = false

    init(_ session: CommandSession, lists: [AccessList]) {
      self.session = session
      count = Set(lists.map(\.cloud)).count
      age = session.environment.clock.stopwatch()
    }

    mutating func show(_ read: @autoclosure () -> Int, pausedUntil: @autoclosure () -> Date?) {
      guard session.environment.terminal.areErrors, !session.service.verbose, !session.service.trace else { return }
      let now = age()
      // A reading that ends at once shows nothing.
      guard now > .milliseconds(300), shown.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
      shown = now
      isShown = true
      let wait = pausedUntil().map { ", asked to wait until \(LocalTime.hourMinuteSecond($0))" } ?? ""
      session.errors.write(
        "\r\u{1B}[Kreading \(Count.grouped(read())) of \(Count.grouped(count)) clouds\(wait)")
    }

    /// Removes the line before something else is printed.
    mutating func pause() async {
      guard isShown else { return }
      isShown = false
      session.errors.write("\r\u{1B}[K")
      await session.errors.flush()
    }
  }
}

extension PeopleIndex {
  /// The number of clouds of which all these lists are settled.
  fileprivate func readClouds(_ kinds: [AccessList.Kind]) -> Int {
    clouds.count { cloud in kinds.allSatisfy { isSettled(AccessList($0, of: cloud.id)) } }
  }
}

extension CommandSession {
  /// Says something that is no failure on standard error.
  func remark(code: String, _ message: String) {
    if format == .json {
      report(ErrorReport(code: code, message: message, status: .done))
    } else {
      errors.line(PlainText.harmless(message))
    }
  }
}

extension Coverage {
  /// Why lists are missing, one report for each reason.
  fileprivate var missing: [ErrorReport] {
    [("users", users), ("invitations", invitations)].flatMap { name, lists in
      var reports: [ErrorReport] = []
      for (reason, missing) in lists.reasons {
        let names = missing.prefix(10).map { "\($0.cloud.id) \($0.cloud.name)" }.joined(separator: ", ")
        let more = missing.count > 10 ? " and \(missing.count - 10) more" : ""
        let clouds =
          missing.count == 1 ? "cloud \(names)" : "\(Count.grouped(missing.count)) clouds (\(names)\(more))"
        reports.append(
          ErrorReport(
            code: missing[0].error.word, message: "The \(name) of \(clouds) could not be read. \(reason)",
            status: missing[0].error.exitStatus))
      }
      return reports
    }
  }

  /// The status if lists are missing: 75 after a rate limit, 77 if only rights were missing, else 69.
  fileprivate var status: ExitStatus {
    let statuses = (users.unreadable + invitations.unreadable).map(\.error.exitStatus)
    if statuses.contains(.rateLimited) { return .rateLimited }
    return statuses.allSatisfy { $0 == .notAllowed } ? .notAllowed : .unavailable
  }
}

extension Coverage.Lists {
  /// The unreadable lists by the sentence that says why, in the order of their first cloud.
  fileprivate var reasons: [(String, [Coverage.Missing])] {
    var groups: [(String, [Coverage.Missing])] = []
    for missing in unreadable {
      let reason = missing.error.sentence
      if let place = groups.firstIndex(where: { $0.0 == reason }) {
        groups[place].1.append(missing)
      } else {
        groups.append((reason, [missing]))
      }
    }
    return groups
  }
}

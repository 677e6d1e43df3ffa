import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials

/// Sends the changes of a command, each once. If a response was lost, reads for at most the time of `--settle` to find
/// out the outcome.
struct ChangeSending {
  /// The outcome of a change as a command reports it.
  enum Ending {
    case done(Effect)
    case failed(ErrorReport)
    /// Nothing was sent, because an earlier outcome ended the command.
    case notSent
  }

  let session: CommandSession
  let options: WriteOptions
  /// Which clouds may be left without an admin, and the admins as reviewed.
  var admins = AdminRule()

  /// Sends one change.
  ///
  /// - Parameter reviewed: when its record was read for the user to confirm; `nil` if it wasn't.
  func send(_ change: Change, reviewed: Date? = nil) async throws(CommandFailure) -> Effect {
    switch await send([change], reviewed: reviewed).first {
    case .done(let effect)?: return effect
    case .failed(let report)?:
      session.report(report)
      throw .reported(ExitStatus(rawValue: report.exitStatus) ?? .unavailable)
    case .notSent?, nil: throw .api(CloudAPIError(.cancelled, request: change.description))
    }
  }

  /// Sends several changes, until an outcome stays unknown or shows that the remaining ones would fail, too.
  ///
  /// - Parameters:
  ///   - baseline: the lists where records are created, before; `nil` to read them.
  ///   - report: called for each change once it is known to be done.
  func send(
    _ changes: [Change], reviewed: Date? = nil, baseline: Baseline? = nil,
    report: @escaping @MainActor (Effect) -> Void = { _ in }
  ) async -> [Ending] {
    let activity = await Activity(clock: session.environment.clock)
    return await withTaskCancellationHandler {
      await send(changes, reviewed: reviewed, baseline: baseline, on: activity, report)
    } onCancel: {
      Task { await activity.stop() }
    }
  }

  @MainActor
  private func send(
    _ changes: [Change], reviewed: Date?, baseline: Baseline?, on activity: Activity,
    _ report: @escaping @MainActor (Effect) -> Void
  ) async -> [Ending] {
    let runner = session.connection.runner(activity, reads: options.settle > 0)
    var (changes, baseline) = (changes, baseline)
    if options.settle > 0 {
      let review = Review(session.connection.client.withoutRetries)
      changes = await review.withRecordsBefore(changes)
      if baseline == nil { baseline = try? await review.baseline(of: changes, at: session.now) }
    }
    var endings: [Ending?] = changes.map { _ in nil }
    var left = Array(changes.indices)
    var goesOn = true
    while goesOn, !left.isEmpty, !Task.isCancelled {
      let run = runner.run(left.map { changes[$0] }, reviewed: reviewed, baseline: baseline, admins: admins) {
        _, progress in
        if case .ended(.applied(let effect)) = progress { report(effect) }
      }
      let outcomes = await run.finish()
      goesOn = !outcomes.contains { $0.endsItsCommand }
      for (index, outcome) in zip(left, outcomes) {
        let ending = await ending(outcome)
        endings[index] = ending
        switch ending {
        case .done(let effect)?: if case .unresolved = outcome { report(effect) }
        case .failed?: if case .unresolved = outcome { goesOn = false }
        case .notSent?, nil: break
        }
      }
      left = left.filter { endings[$0] == nil }
    }
    return endings.map { $0 ?? .notSent }
  }

  /// - Returns: `nil` if the change was not sent.
  @MainActor
  private func ending(_ outcome: Outcome) async -> Ending? {
    switch outcome {
    case .applied(let effect): return .done(effect)
    case .alreadySo(let effect, let error):
      return failed(error ?? CloudAPIError(.notFound, request: effect.target.request))
    case .stale:
      return .failed(
        ErrorReport(
          code: "changed", message: "It changed since it was read, so nothing was sent. Check it first.",
          status: .refused))
    case .refused(let error), .notSent(.unread(let error)): return failed(error)
    case .notSent(.already(let text)):
      return .failed(ErrorReport(code: "already", message: "It \(text): nothing was sent.", status: .done))
    case .notSent(.lastAdmin(let found)): return .failed(ErrorReport(found))
    case .notSent(.adminsUnread(let error)):
      return failed(
        error,
        adding: "Nothing was sent, because it isn't known whether the cloud keeps an admin; \(AdminOptions.advice)")
    case .notSent: return nil
    case .unresolved(let unresolved): return await ending(unresolved)
    }
  }

  @MainActor
  private func ending(_ unresolved: UnresolvedChange) async -> Ending {
    let error = unresolved.error
    // A service that limits requests is not read again now.
    if case .rateLimited = error.code { return failed(error) }
    await settle(unresolved)
    switch unresolved.resolution {
    case .done where unresolved.change.action == .remove && error.isForeignNotFound:
      // The response doesn't tell who removed the record.
      return failed(CloudAPIError(.notFound, request: error.request))
    case .done:
      let message =
        "\(unresolved.change.subject)\(error.request): \(error.message) A re-read confirms that it was done."
      session.report(ErrorReport(code: "read_again", message: message, status: .done))
      return unresolved.effect.map { .done($0) } ?? .notSent
    case .notDone:
      return .failed(
        ErrorReport(code: "not_done", message: "\(error.request): \(unresolved.text)", status: .refused))
    case .undecided, .notDoneYet, nil: return failed(error, adding: unresolved.reading)
    }
  }

  private func failed(_ error: CloudAPIError, adding sentence: String? = nil) -> Ending {
    .failed(ErrorReport(error, now: session.now).adding(sentence))
  }

  /// Reads until the outcome is known, the time of `--settle` has passed, or the task is cancelled.
  @MainActor
  private func settle(_ unresolved: UnresolvedChange) async {
    guard options.settle > 0, unresolved.isOpen, !Task.isCancelled else { return }
    if session.canAsk {
      session.errors.line(
        "The reply was lost. Re-reading for up to \(options.settle) s to find out the outcome; Ctrl-C stops that.")
    }
    let (resolutions, publisher) = AsyncStream.makeStream(of: Void.self)
    unresolved.observe { _ in
      if !unresolved.isOpen { publisher.finish() }
    }
    let time = Task { [seconds = options.settle, clock = session.environment.clock] in
      try? await clock.sleep(for: .seconds(seconds))
      publisher.finish()
    }
    for await _ in resolutions {}
    time.cancel()
  }
}

extension Outcome {
  /// Whether the remaining changes of the command would fail, too.
  fileprivate var endsItsCommand: Bool {
    switch self {
    case .refused(let error), .notSent(.unread(let error)): error.endsALane
    case .notSent(.adminsUnread(let error)): error.endsALane
    case .applied, .alreadySo, .stale, .notSent, .unresolved: false
    }
  }
}

extension ErrorReport {
  /// A change was not sent, because it would leave a cloud without an admin.
  init(_ found: LastAdmins) {
    self.init(
      code: "last_admin",
      message: "\(found.text): nothing was sent. Make somebody else admin first; \(AdminOptions.advice)",
      status: .refused)
  }
}

extension Change {
  /// `ada@atelier.example: ` for an invitation, which may be one of several.
  fileprivate var subject: String { action == .invite ? "\(names.record): " : "" }
}

extension UnresolvedChange {
  /// The finding of the reads so far; `nil` if nothing was read.
  fileprivate var reading: String? {
    switch resolution {
    case .undecided(let reason): "Read again: \(reason)"
    case nil where !isReadNotDone, .done, .notDone: nil
    case nil, .notDoneYet:
      "A re-read shows that it " + (change.action == .remove ? "is still there." : "isn't done so far.")
    }
  }
}

extension ChangeTarget {
  /// The target as errors name it: `user 12`.
  fileprivate var request: String { "\(kind.rawValue) \(id ?? "")" }
}

import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials

/// Sends the changes of a command, each once. Where a reply was lost, reading goes on until that decides or its time is up.
struct ChangeSending {
  /// What became of a change, as a command says it.
  enum Ending {
    case done(Effect)
    case failed(ErrorReport)
    /// Nothing was sent, because what came before it ended the command.
    case notSent
  }

  let session: CommandSession
  let options: WriteOptions

  /// Sends one change.
  ///
  /// - Parameter reviewed: when its record was read for the person to agree; `nil` where it wasn't.
  func send(_ change: Change, reviewed: Date? = nil) async throws(CommandFailure) -> Effect {
    switch await send([change], reviewed: reviewed).first {
    case .done(let effect)?: return effect
    case .failed(let report)?:
      session.report(report)
      throw .reported(ExitStatus(rawValue: report.exitStatus) ?? .unavailable)
    case .notSent?, nil: throw .api(CloudAPIError(.cancelled, request: change.description))
    }
  }

  /// Sends several, and goes on as long as it is known what became of those before.
  ///
  /// - Parameter report: called with each change when it is known to be done.
  func send(
    _ changes: [Change], reviewed: Date? = nil, report: @escaping @MainActor (Effect) -> Void = { _ in }
  ) async -> [Ending] {
    let activity = await Activity(clock: session.environment.clock)
    return await withTaskCancellationHandler {
      await send(changes, reviewed: reviewed, on: activity, report)
    } onCancel: {
      Task { await activity.stop() }
    }
  }

  @MainActor
  private func send(
    _ changes: [Change], reviewed: Date?, on activity: Activity, _ report: @escaping @MainActor (Effect) -> Void
  ) async -> [Ending] {
    let runner = session.connection.runner(activity, reads: options.settle > 0)
    let baseline =
      options.settle == 0
      ? nil : try? await Review(session.connection.client.withoutRetries).baseline(of: changes, at: session.now)
    var endings: [Ending?] = changes.map { _ in nil }
    var left = Array(changes.indices)
    var goesOn = true
    while goesOn, !left.isEmpty, !Task.isCancelled {
      let run = runner.run(left.map { changes[$0] }, reviewed: reviewed, baseline: baseline) { _, progress in
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

  /// - Returns: `nil` where nothing was sent.
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
    case .notSent: return nil
    case .unresolved(let unresolved): return await ending(unresolved)
    }
  }

  @MainActor
  private func ending(_ unresolved: UnresolvedChange) async -> Ending {
    let error = unresolved.error
    // Who asks to send less is not asked again meanwhile.
    if case .rateLimited = error.code { return failed(error) }
    await settle(unresolved)
    switch unresolved.resolution {
    case .done where unresolved.change.action == .remove && error.isForeignNotFound:
      // Nothing that the service said tells who took it away.
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

  /// - Returns: `nil` where nothing was sent.
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
  /// Whether what comes after it would meet the same.
  fileprivate var endsItsCommand: Bool {
    switch self {
    case .refused(let error), .notSent(.unread(let error)): error.endsALane
    case .applied, .alreadySo, .stale, .notSent, .unresolved: false
    }
  }
}

extension Change {
  /// `ada@atelier.example: ` for one of several invitations.
  fileprivate var subject: String { action == .invite ? "\(names.record): " : "" }
}

extension UnresolvedChange {
  /// What reading found so far; `nil` where nothing was read.
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
  /// What an error about it names: `user 12`.
  fileprivate var request: String { "\(kind.rawValue) \(id ?? "")" }
}

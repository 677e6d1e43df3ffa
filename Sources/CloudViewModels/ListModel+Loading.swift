import CloudAPI
import FoundationEssentials

extension ListModel {
  /// Reads the list of a scope. Rows of another scope stay until the answer comes.
  public func load(_ wanted: Scope) {
    // The same cloud, perhaps by another name by now.
    if scope == wanted { scope = wanted }
    if nextScope == wanted { nextScope = wanted }
    context.activity.changed()
    if wanted == nextScope ?? scope, isAnsweredOrAwaited { return }
    nextScope = wanted == scope ? nil : wanted
    failures = 0
    read(wanted)
  }

  /// Whether reading again would tell nothing new: the answer is there, on its way, or to be asked for again.
  private var isAnsweredOrAwaited: Bool {
    if status.loadingSince != nil || retrying != nil { return true }
    return status.failure.map { $0.nextTry == nil } ?? (status.asOf != nil)
  }

  /// Forgets rows and scope: what was selected is gone.
  public func clear() {
    cancelReading()
    scope = nil
    nextScope = nil
    status = ListStatus()
    selection = nil
    replaceRecords([])
  }

  /// Stops reading what is no longer wanted; the rows stay.
  public func cancelReading() {
    generation += 1
    reading?.cancel()
    retrying?.cancel()
    reading = nil
    retrying = nil
    nextScope = nil
    status.loadingSince = nil
  }

  public func refresh() {
    guard let wanted = nextScope ?? scope else { return }
    failures = 0
    read(wanted)
  }

  private func read(_ wanted: Scope) {
    generation += 1
    let number = generation
    reading?.cancel()
    retrying?.cancel()
    status.loadingSince = context.now()
    context.activity.changed()
    let list = resource.list
    let client = context.client
    reading = context.activity.run { [weak self] in
      do throws(CloudAPIError) {
        let records = try await list(client, wanted)
        self?.succeeded(records, wanted, number)
      } catch {
        self?.failed(error, wanted, number)
      }
    }
  }

  private func succeeded(_ new: [Record], _ wanted: Scope, _ number: Int) {
    guard number == generation else { return }
    reading = nil
    failures = 0
    if scope != wanted {
      scope = asNamedNow(wanted)
      // Another cloud's rows: the cursor starts anew.
      selection = nil
      selectedIndex = nil
      isChosen = false
    }
    nextScope = nil
    status = ListStatus(asOf: context.now())
    replaceRecords(new)
  }

  /// A scope that was asked for may have got its name while the answer was on its way.
  private func asNamedNow(_ wanted: Scope) -> Scope {
    nextScope.flatMap { $0 == wanted ? $0 : nil } ?? wanted
  }

  private func failed(_ error: CloudAPIError, _ wanted: Scope, _ number: Int) {
    guard number == generation, error.code != .cancelled else { return }
    reading = nil
    failures += 1
    let since = status.failure?.since ?? status.loadingSince ?? context.now()
    if scope != wanted {
      // The old rows belong to something else than what the person looks at now.
      scope = asNamedNow(wanted)
      nextScope = nil
      status = ListStatus()
      selection = nil
      replaceRecords([])
    }
    let rest = rest(after: error)
    status = ListStatus(
      asOf: status.asOf,
      failure: ReadFailure(
        error: error, since: since,
        nextTry: rest.map { context.now().addingTimeInterval($0.seconds) }))
    context.activity.changed()
    guard let rest else { return }
    retrying = context.activity.run(after: rest, on: context.clock) { [weak self] in
      guard let self, number == generation else { return }
      read(wanted)
    }
  }

  private func rest(after error: CloudAPIError) -> Duration? {
    if case .rateLimited(let until?) = error.code {
      return .seconds(max(1, until.timeIntervalSince(context.now())))
    }
    return error.isRetryable ? ReadBackoff.rest(afterFailures: failures) : nil
  }
}

extension Duration {
  /// As a `TimeInterval` counts.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}

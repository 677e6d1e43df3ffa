import FoundationEssentials

/// A write whose answer was lost, until reading again decides what became of it.
///
/// What was said of it stays on the screen until then, and is replaced by the verdict. It is never sent again by itself.
@MainActor
public final class Doubt {
  /// What the write was to do: `create cloud "Haussmann Tower"`.
  public let description: String
  /// `nil` until it was read again.
  public private(set) var verdict: Verdict?
  /// The verdict as it is said; empty until there is one.
  public private(set) var text = ""
  /// Called with each verdict, after it was said; at once where there is one already. "Not done yet" is followed by another.
  public var onVerdict: @MainActor (Verdict) -> Void = { _ in } {
    didSet {
      if let verdict { onVerdict(verdict) }
    }
  }

  /// When it was sent.
  let since: Date
  private let write: PlannedWrite
  private let context: ModelContext
  private let entry: WriteLedger.Entry
  private var notice: Notice.ID?

  /// - Parameter entry: what it is in the ledger.
  init(_ write: PlannedWrite, _ entry: WriteLedger.Entry, context: ModelContext) {
    description = write.description
    since = entry.since
    self.write = write
    self.context = context
    self.entry = entry
  }

  /// Says what is known until then. It stays until dismissed or until the verdict takes its place.
  public func say(_ text: String) {
    guard verdict == nil else { return }
    notice = context.notices.say(.unknown, text)
  }

  /// - Parameter done: what is said of the write when it is done, whole sentences.
  func settle(_ verdict: Verdict, saying done: String = "") {
    switch self.verdict {
    case nil, .notDoneYet: break
    case .done, .notDone, .undecided: return
    }
    self.verdict = verdict
    let time = LocalTime.hourAndMinute(context.now())
    let kind: Notice.Kind
    switch verdict {
    case .done:
      text = "\(done) Its answer was lost; reading again at \(time) shows it."
      kind = .done
    case .notDoneYet(let until):
      text =
        "Not done by \(time): \(description). It may still arrive until \(LocalTime.hourMinuteSecond(until)), and is "
        + "read again then."
      kind = .unknown
    case .notDone:
      text = "It was not done, as read again at \(time): \(description). It can be sent again."
      kind = .failure
    case .undecided(let reason):
      text = "Nobody knows whether it was done: \(description). \(reason)"
      kind = .unknown
    }
    settleEntry(verdict)
    notice = context.notices.say(kind, text, insteadOf: notice)
    onVerdict(verdict)
    context.activity.changed()
  }

  /// What makes a record may be sent once more by mistake, also when all is known.
  private func settleEntry(_ verdict: Verdict) {
    switch verdict {
    case .notDoneYet(let until): context.writes.set(.mayArrive(until: until), of: entry)
    case .done where write.target.isNew: context.writes.set(.foundDone, of: entry)
    case .undecided where write.target.isNew: context.writes.set(.undecided, of: entry)
    case .done, .notDone, .undecided: context.writes.close(entry)
    }
  }
}

extension Doubt: Hashable {
  nonisolated public static func == (left: Doubt, right: Doubt) -> Bool { left === right }

  nonisolated public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(self))
  }
}

import FoundationEssentials

/// A write whose answer was lost, until reading again decides what became of it.
///
/// What was said of it stays on the screen until then, and is replaced by the verdict. It is never sent again by itself.
@MainActor
public final class Doubt {
  /// What the write was to do: `create cloud "Haussmann Tower"`.
  public let description: String
  /// `nil` until it is known what became of it.
  public private(set) var verdict: Verdict?
  /// The verdict as it is said; empty until there is one.
  public private(set) var text = ""
  /// Called once with the verdict, after it was said; at once where there is one already.
  public var onVerdict: @MainActor (Verdict) -> Void = { _ in } {
    didSet {
      if let verdict { onVerdict(verdict) }
    }
  }

  private let context: ModelContext
  private let entry: WriteLedger.Entry
  private var notice: Notice.ID?

  init(_ write: PlannedWrite, context: ModelContext) {
    description = write.description
    self.context = context
    entry = context.writes.open(write)
  }

  /// Says what is known until then. It stays until dismissed or until the verdict takes its place.
  public func say(_ text: String) {
    guard verdict == nil else { return }
    notice = context.notices.say(.unknown, text)
  }

  /// - Parameter done: what is said of the write when it is done, whole sentences.
  func settle(_ verdict: Verdict, saying done: String = "") {
    guard self.verdict == nil else { return }
    self.verdict = verdict
    context.writes.close(entry)
    let time = LocalTime.hourAndMinute(context.now())
    let kind: Notice.Kind
    switch verdict {
    case .done:
      text = "\(done) Its answer was lost; reading again at \(time) shows it."
      kind = .done
    case .notDone:
      text = "It was not done, as read again at \(time): \(description). It can be sent again."
      kind = .failure
    case .undecided(let reason):
      text = "Nobody knows whether it was done: \(description). \(reason)"
      kind = .unknown
    }
    context.notices.say(kind, text, insteadOf: notice)
    onVerdict(verdict)
    context.activity.changed()
  }
}

extension Doubt: Hashable {
  nonisolated public static func == (left: Doubt, right: Doubt) -> Bool { left === right }

  nonisolated public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(self))
  }
}

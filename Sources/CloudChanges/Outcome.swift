public import CloudAPI
public import FoundationEssentials

/// What became of a change.
public enum Outcome: Sendable {
  /// The service carried it out.
  case applied(Effect)
  /// There was nothing to do: what was to be removed was gone, as reading or the service's answer says.
  case alreadySo(Effect, after: CloudAPIError?)
  /// Nothing was sent, because the record is no longer as it was reviewed; `nil` where it is gone.
  case stale(now: Snapshot?)
  /// The service said no, or couldn't be asked; nothing was changed.
  case refused(CloudAPIError)
  /// Nothing was sent, and why.
  case notSent(NotSent)
  /// It was sent, and its answer lost.
  case unresolved(UnresolvedChange)

  /// Why nothing was sent.
  public enum NotSent: Hashable, Sendable {
    /// The person stopped it.
    case stopped
    /// A change before it showed that this one would meet the same.
    case ended
    /// It could not be read again before it would have been sent.
    case unread(CloudAPIError)
  }

  /// Whether it is carried out, as far as is known now.
  @MainActor public var isDone: Bool {
    switch self {
    case .applied, .alreadySo: true
    case .unresolved(let change): change.resolution == .done
    case .stale, .refused, .notSent: false
    }
  }
}

/// What a change brought about: its target, and what the service holds of it now.
public struct Effect: Hashable, Sendable {
  public enum State: Hashable, Sendable {
    /// The record, as the service answered with it or as it was read.
    case now(Snapshot)
    case gone
    /// Something that is to be read: what was sent was answered without a record.
    case readAgain
  }

  public let target: ChangeTarget
  public let state: State
  /// The record as the service wrote it, where it did.
  public var json: JSONText?
  /// What the project is called that was made; `nil` for every other change.
  public var made: String?
  /// Whether it was found out by reading, when the person may look at something else by then.
  public var isLate: Bool

  public init(
    _ target: ChangeTarget, _ state: State, json: JSONText? = nil, made: String? = nil, isLate: Bool = false
  ) {
    self.target = target
    self.state = state
    self.json = json
    self.made = made
    self.isLate = isLate
  }
}

/// What reading says of a change whose answer was lost.
public enum Resolution: Hashable, Sendable {
  /// It was carried out.
  case done
  /// It was not carried out by the time of reading, and may be until then: another resolution follows.
  case notDoneYet(until: Date)
  /// It was not carried out, and no service is still at work on it.
  case notDone
  /// Nothing that can be read tells; the text says why.
  case undecided(String)
}

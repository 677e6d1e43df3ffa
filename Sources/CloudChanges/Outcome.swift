public import CloudAPI
public import FoundationEssentials

/// The outcome of a change.
public enum Outcome: Sendable {
  /// The service applied the change.
  case applied(Effect)
  /// Nothing to do: the record to remove was already gone, according to a read or the service's response.
  case alreadySo(Effect, after: CloudAPIError?)
  /// Nothing was sent, because the record differs from what was reviewed; `nil` if it is gone.
  case stale(now: Snapshot?)
  /// The service refused the change or couldn't be reached; nothing was changed.
  case refused(CloudAPIError)
  /// Nothing was sent, with the reason.
  case notSent(NotSent)
  /// The change was sent, but its response was lost.
  case unresolved(UnresolvedChange)

  /// Why nothing was sent.
  public enum NotSent: Hashable, Sendable {
    /// The user stopped the run.
    case stopped
    /// The outcome of an earlier change showed that this one would fail, too.
    case ended
    /// Read again before sending, there is nothing to do, with the reason: `is invited already`.
    case already(String)
    /// The record could not be read again before sending.
    case unread(CloudAPIError)
    /// The cloud would have no admin left.
    case lastAdmin(LastAdmins)
    /// The users could not be read, so that it isn't known whether an admin would remain.
    case adminsUnread(CloudAPIError)
  }

  /// Whether the change is done or may be.
  public var mayBeDone: Bool {
    switch self {
    case .applied, .alreadySo, .unresolved: true
    case .stale, .refused, .notSent: false
    }
  }

  /// Whether the change was applied, as far as is known now.
  @MainActor public var isDone: Bool {
    switch self {
    case .applied, .alreadySo: true
    case .unresolved(let change): change.resolution == .done
    case .stale, .refused, .notSent: false
    }
  }
}

/// The effect of a change: its target and the target's state in the service.
public struct Effect: Hashable, Sendable {
  public enum State: Hashable, Sendable {
    /// The record, from the response or from a read.
    case now(Snapshot)
    case gone
    /// Unknown until it is read: the response contained no record.
    case readAgain
  }

  public let target: ChangeTarget
  public let state: State
  /// The record as the service sent it; `nil` if it didn't.
  public var json: JSONText?
  /// The name of the created project; `nil` for other changes.
  public var made: String?
  /// Whether it was found by a later read, when the user may already look at something else.
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

/// The result of reading after the response to a change was lost.
public enum Resolution: Hashable, Sendable {
  /// The change was applied.
  case done
  /// The change was not applied when it was read, but may be applied until this time; another resolution follows.
  case notDoneYet(until: Date)
  /// The change was not applied, and the service no longer processes it.
  case notDone
  /// A read can't tell; the text has the reason.
  case undecided(String)
}

extension Effect {
  /// This effect and, for an invitation that was gone already, that the users of its cloud are to be read again: it may
  /// have been accepted.
  public var withMembership: [Effect] {
    guard target.kind == .invitation, state == .gone else { return [self] }
    return [self, Effect(ChangeTarget(.user, in: target.cloud, .new("")), .readAgain)]
  }
}

extension CloudAPIError {
  /// Whether the write may have been applied despite the error. A redirect after a write often means that it was, and a
  /// rate limit may come from a proxy that also forwarded the request.
  var leavesOutcomeUnknown: Bool {
    // A request that precedes the write failed: for the edition or a token.
    guard !isSigningIn, !request.hasPrefix("GET ") else { return false }
    return switch code {
    case .unexpectedRedirect, .rateLimited, .outcomeUnknown: true
    default: false
    }
  }

  /// What happened and what to do about it.
  public var sentence: String {
    [message, advice].compactMap { $0 }.joined(separator: " ")
  }
}

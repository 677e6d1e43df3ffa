public import CloudAPI
public import FoundationEssentials

/// A change whose response was lost, until reading decides whether it was applied. It is never sent again
/// automatically.
@MainActor
public final class UnresolvedChange {
  public let change: Change
  /// The error that replaced the response.
  public let error: CloudAPIError
  /// When it was sent last.
  public let since: Date
  /// The result of reading; `nil` until it was read.
  public private(set) var resolution: Resolution?
  /// The effect, once the change was found done.
  public private(set) var effect: Effect?
  /// Whether a read found that the change was not done.
  public private(set) var isReadNotDone = false
  /// What is known about the change now, as sentences.
  public private(set) var text: String
  /// The number of the run that sent it.
  let plan: Int
  private let entry: OutstandingChanges.Entry
  private let outstanding: OutstandingChanges
  private var observers: [@MainActor (Resolution) -> Void] = []
  /// Whether nothing more will be found out, because the activity was stopped.
  private var isAbandoned = false

  init(
    _ change: Change, _ entry: OutstandingChanges.Entry, of plan: Int, sentAt since: Date,
    in outstanding: OutstandingChanges, after error: CloudAPIError
  ) {
    self.change = change
    self.entry = entry
    self.plan = plan
    self.outstanding = outstanding
    self.error = error
    self.since = since
    text =
      error.message
      + (change.isReadable ? " A re-read will tell." : " Reading can't show it.")
    if !change.isReadable { outstanding.set(.undecided, of: entry) }
  }

  /// Calls `observer` with the current resolution, if there is one, and with each later one; `notDoneYet` is followed
  /// by another.
  public func observe(_ observer: @escaping @MainActor (Resolution) -> Void) {
    if isOpen, !isAbandoned { observers.append(observer) }
    if let resolution { observer(resolution) }
  }

  /// Releases the observers, which usually own this object: nothing more will be found out.
  func abandon() {
    isAbandoned = true
    observers = []
  }

  /// Whether a further resolution can follow.
  public var isOpen: Bool {
    switch resolution {
    case nil: change.isReadable
    case .notDoneYet: true
    case .done, .notDone, .undecided: false
    }
  }

  /// Notes that a read found the change not done.
  func wasNotDone() {
    isReadNotDone = true
  }

  /// - Parameter effect: the effect, if the change is done.
  func settle(_ resolution: Resolution, at now: Date, with effect: Effect? = nil) {
    guard isOpen else { return }
    self.resolution = resolution
    self.effect = effect
    let (description, time) = (change.description, LocalTime.hourAndMinute(now))
    switch resolution {
    case .done: text = "\(change.done(effect)) The reply was lost; a re-read at \(time) confirms it."
    case .notDoneYet(let until):
      text =
        "Not done by \(time): \(description). It may still arrive until \(LocalTime.hourMinuteSecond(until)), and is "
        + "read again then."
    case .notDone: text = "Confirmed not done at \(time): \(description). It can be sent again."
    case .undecided(let reason): text = "It is unknown whether it was done: \(description). \(reason)"
    }
    settleEntry(resolution)
    let told = observers
    if !isOpen { observers = [] }
    for observer in told { observer(resolution) }
  }

  /// Updates the outstanding entry. A change that creates a record keeps it, because it may be sent again by mistake.
  private func settleEntry(_ resolution: Resolution) {
    switch resolution {
    case .notDoneYet(let until): outstanding.set(.mayArrive(until: until), of: entry)
    case .done where change.isNew: outstanding.set(.foundDone, of: entry)
    case .undecided where change.isNew: outstanding.set(.undecided, of: entry)
    case .done, .notDone, .undecided: outstanding.close(entry)
    }
  }
}

extension UnresolvedChange: Hashable {
  nonisolated public static func == (left: UnresolvedChange, right: UnresolvedChange) -> Bool { left === right }

  nonisolated public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(self))
  }
}

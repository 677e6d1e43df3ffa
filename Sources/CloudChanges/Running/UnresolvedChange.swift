public import CloudAPI
public import FoundationEssentials

/// A change whose answer was lost, until reading decides what became of it. It is never sent again by itself.
@MainActor
public final class UnresolvedChange {
  public let change: Change
  /// How its answer was lost.
  public let error: CloudAPIError
  /// When it was sent last.
  public let since: Date
  /// `nil` until it was read again.
  public private(set) var resolution: Resolution?
  /// What it brought about, once it was found done.
  public private(set) var effect: Effect?
  /// Whether it was read at least once, and was not done then.
  public private(set) var isReadNotDone = false
  /// What is known of it now, in whole sentences.
  public private(set) var text: String
  private let entry: OutstandingChanges.Entry
  private let outstanding: OutstandingChanges
  private var observers: [@MainActor (Resolution) -> Void] = []
  /// Whether nothing more will be found out, because everything was ended.
  private var isAbandoned = false

  init(
    _ change: Change, _ entry: OutstandingChanges.Entry, sentAt since: Date, in outstanding: OutstandingChanges,
    after error: CloudAPIError
  ) {
    self.change = change
    self.entry = entry
    self.outstanding = outstanding
    self.error = error
    self.since = since
    text =
      error.message
      + (change.isReadable ? " A re-read will tell." : " Reading can't show it.")
    if !change.isReadable { outstanding.set(.undecided, of: entry) }
  }

  /// Calls `observer` with each resolution; at once where there is one already. "Not done yet" is followed by another.
  public func observe(_ observer: @escaping @MainActor (Resolution) -> Void) {
    if isOpen, !isAbandoned { observers.append(observer) }
    if let resolution { observer(resolution) }
  }

  /// Lets go of its observers, which own it as a rule: nothing more will be found out.
  func abandon() {
    isAbandoned = true
    observers = []
  }

  /// Whether reading still decides.
  public var isOpen: Bool {
    switch resolution {
    case nil: change.isReadable
    case .notDoneYet: true
    case .done, .notDone, .undecided: false
    }
  }

  /// It was read, and was not done.
  func wasNotDone() {
    isReadNotDone = true
  }

  /// - Parameter effect: what it brought about, where it is done.
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

  /// What makes a record may be sent once more by mistake, also when all is known.
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

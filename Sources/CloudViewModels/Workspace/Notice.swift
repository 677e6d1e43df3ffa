public import CloudChanges
public import FoundationEssentials

/// A one-line message to the user.
public struct Notice: Hashable, Sendable, Identifiable {
  /// What the notice reports, which determines how it looks and how long it stays.
  public enum Kind: Hashable, Sendable {
    /// An operation succeeded; the notice disappears with the next key or after 10 s.
    case done
    /// Information; the notice disappears like `done`.
    case information
    /// An operation failed; the notice stays until dismissed.
    case failure
    /// The outcome of a write is unknown; the notice stays until dismissed.
    case unknown
  }

  public let id: Int
  public let kind: Kind
  public let text: String
  public let time: Date

  /// Whether it stays until it is dismissed.
  public var stays: Bool { kind == .failure || kind == .unknown }
}

/// The notice on the screen, and the history of this run for the log.
@MainActor
public final class NoticeBoard {
  /// The notice on the screen: the latest transient one, else the latest that stays.
  public var current: Notice? { passing ?? standing.last }
  /// Oldest first, the last 500.
  public private(set) var history: [Notice] = []

  private let activity: Activity
  private let clock: any Clock<Duration>
  private let now: @MainActor () -> Date
  private var passing: Notice?
  private var standing: [Notice] = []
  private var fading: Task<Void, Never>?
  /// The notices about unresolved changes.
  private var followed: [UnresolvedChange: Notice.ID] = [:]
  private var count = 0

  init(activity: Activity, clock: any Clock<Duration>, now: @escaping @MainActor () -> Date) {
    self.activity = activity
    self.clock = clock
    self.now = now
  }

  /// - Parameter earlier: a notice that this one makes obsolete.
  @discardableResult
  public func say(_ kind: Notice.Kind, _ text: String, insteadOf earlier: Notice.ID? = nil) -> Notice.ID {
    if let earlier { standing.removeAll { $0.id == earlier } }
    let notice = remember(kind, text)
    if notice.stays { standing.append(notice) }
    pass(notice.stays ? nil : notice)
    return notice.id
  }

  /// Reports an unresolved change, and replaces the notice by what is found out.
  func follow(_ unresolved: UnresolvedChange) {
    followed[unresolved] = say(.unknown, Self.text(of: unresolved))
    unresolved.observe { [self] resolution in
      let kind: Notice.Kind =
        switch resolution {
        case .done: .done
        case .notDone: .failure
        case .notDoneYet, .undecided: .unknown
        }
      followed[unresolved] = say(kind, unresolved.text, insteadOf: followed[unresolved])
      if !unresolved.isOpen { followed[unresolved] = nil }
    }
  }

  /// Adds a sentence to the notice about an unresolved change, unless it has a resolution already.
  public func add(_ sentence: String, about unresolved: UnresolvedChange) {
    guard unresolved.resolution == nil else { return }
    let text = "\(Self.text(of: unresolved)) \(sentence)"
    followed[unresolved] = say(.unknown, text, insteadOf: followed[unresolved])
  }

  private static func text(of unresolved: UnresolvedChange) -> String {
    "\(unresolved.change.description): \(unresolved.text)"
  }

  /// Shows a notice of low priority: dropped if another is on the screen.
  func mention(_ text: String) {
    if current == nil { say(.information, text) }
  }

  /// Adds a notice to the log only; the screen stays as it is.
  func note(_ kind: Notice.Kind, _ text: String) {
    remember(kind, text)
  }

  /// A key was pressed: removes a transient notice.
  public func keyPressed() {
    guard passing != nil else { return }
    pass(nil)
  }

  /// Removes the notice on the screen, even one that stays.
  public func dismiss() {
    guard current != nil else { return }
    if passing == nil { standing.removeLast() }
    pass(nil)
  }

  @discardableResult
  private func remember(_ kind: Notice.Kind, _ text: String) -> Notice {
    count += 1
    let notice = Notice(id: count, kind: kind, text: text, time: now())
    history.append(notice)
    if history.count > 500 { history.removeFirst() }
    return notice
  }

  private func pass(_ notice: Notice?) {
    fading?.cancel()
    fading = nil
    passing = notice
    activity.changed()
    guard let notice else { return }
    fading = activity.run(after: .seconds(10), on: clock) { [weak self] in
      guard self?.passing == notice else { return }
      self?.pass(nil)
    }
  }
}

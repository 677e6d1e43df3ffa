public import CloudChanges
public import FoundationEssentials

/// Something said to the person in one line.
public struct Notice: Hashable, Sendable, Identifiable {
  /// How it looks and how long it stays.
  public enum Kind: Hashable, Sendable {
    /// Something went as asked; it goes with the next key or after ten seconds.
    case done
    /// Something to know; it goes like `done`.
    case information
    /// Something failed; it stays until dismissed.
    case failure
    /// A write whose outcome nobody knows; it stays until dismissed.
    case unknown
  }

  public let id: Int
  public let kind: Kind
  public let text: String
  public let time: Date

  /// Whether it stays until it is dismissed.
  public var stays: Bool { kind == .failure || kind == .unknown }
}

/// The notice on the screen, and all of this run for the log.
@MainActor
public final class NoticeBoard {
  /// What is on the screen: the latest, and under one that goes by itself, the latest that stays.
  public var current: Notice? { passing ?? standing.last }
  /// Oldest first, the last 500.
  public private(set) var history: [Notice] = []

  private let activity: Activity
  private let clock: any Clock<Duration>
  private let now: @MainActor () -> Date
  private var passing: Notice?
  private var standing: [Notice] = []
  private var fading: Task<Void, Never>?
  /// What was said of changes whose answer was lost.
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

  /// Says what is known of a change whose answer was lost, and what is found out in its place.
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

  /// Says more of a change whose answer was lost, until something is found out.
  public func add(_ sentence: String, about unresolved: UnresolvedChange) {
    guard unresolved.resolution == nil else { return }
    let text = "\(Self.text(of: unresolved)) \(sentence)"
    followed[unresolved] = say(.unknown, text, insteadOf: followed[unresolved])
  }

  private static func text(of unresolved: UnresolvedChange) -> String {
    "\(unresolved.change.description): \(unresolved.text)"
  }

  /// Says something that is worth no other notice's place: where there is one, it isn't said.
  func mention(_ text: String) {
    if current == nil { say(.information, text) }
  }

  /// Keeps something for the log alone: what is on the screen stays.
  func note(_ kind: Notice.Kind, _ text: String) {
    remember(kind, text)
  }

  /// A key was pressed: what doesn't stay goes.
  public func keyPressed() {
    guard passing != nil else { return }
    pass(nil)
  }

  /// Takes away what is on the screen, also what stays.
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

public import CloudAPI
public import CloudChanges
public import FoundationEssentials

/// How much of all clouds is known: half a sweep must not pass for the whole.
public struct Coverage: Hashable, Sendable {
  /// A list that couldn't be read.
  public struct Missing: Hashable, Sendable {
    public let cloud: CloudReference
    public let error: CloudAPIError
  }

  /// One kind of lists.
  public struct Lists: Hashable, Sendable {
    /// The number of clouds whose list was read.
    public fileprivate(set) var read = 0
    public fileprivate(set) var unreadable: [Missing] = []
    /// The number of clouds whose list was not read yet.
    public fileprivate(set) var waiting = 0
    /// When the oldest of them was read.
    public fileprivate(set) var asOf: Date?

    public var isComplete: Bool { waiting == 0 && unreadable.isEmpty }
  }

  /// The number of clouds.
  public let clouds: Int
  /// The kinds of lists that are wanted.
  public let kinds: [AccessList.Kind]
  public fileprivate(set) var users = Lists()
  public fileprivate(set) var invitations = Lists()

  /// The number of clouds of which some list was not read yet.
  public var waiting: Int { max(users.waiting, invitations.waiting) }
  /// Whether every list was read.
  public var isComplete: Bool { users.isComplete && invitations.isComplete }
  /// Whether no list is still to be read; some may be unreadable.
  public var isOver: Bool { users.waiting == 0 && invitations.waiting == 0 }
  /// When the oldest list was read.
  public var asOf: Date? { [users.asOf, invitations.asOf].compactMap { $0 }.min() }

  /// Of how many clouds people are known: `998 of 1,000 clouds, 2 unreadable`.
  public var text: String { parts.joined(separator: ", ") }

  /// What changes everywhere leave out: `2 of 1,000 clouds, Sandbox and Lot B, were not read: access to them stays.` `nil`
  /// if every list was read.
  public var gap: String? {
    if isComplete { return nil }
    let open = clouds - users.read
    if open == 0 { return "Not all invitations were read: the others stay." }
    let named = users.waiting == 0 ? ", \(users.unreadable.map(\.cloud.name).listed)," : ""
    let what = "\(Count.grouped(open)) of \(Count.grouped(clouds)) \(clouds == 1 ? "cloud" : "clouds")\(named)"
    return open == 1 ? "\(what) was not read: access to it stays." : "\(what) were not read: access to them stays."
  }

  /// The parts of ``text``, the most important first: `998 of 1,000 clouds, 2 unreadable`, `no invitations readable`.
  public var parts: [String] {
    let first = kinds.contains(.users) ? users : invitations
    let count = first.read == clouds ? "" : "\(Count.grouped(first.read)) of "
    let unreadable =
      first.unreadable.isEmpty ? "" : ", \(Count.grouped(first.unreadable.count)) unreadable"
    var parts = ["\(count)\(Count.grouped(clouds)) \(clouds == 1 ? "cloud" : "clouds")\(unreadable)"]
    if kinds.count > 1, invitations.read < users.read {
      if invitations.waiting == 0, invitations.read == 0 {
        parts.append("no invitations readable")
      } else if !invitations.unreadable.isEmpty {
        parts.append("invitations of \(Count.grouped(invitations.unreadable.count)) unreadable")
      }
    }
    return parts
  }
}

extension PeopleIndex {
  public var coverage: Coverage { coverage(AccessList.Kind.allCases) }

  /// - Parameter kinds: the lists that are wanted; others don't count.
  public func coverage(_ kinds: [AccessList.Kind]) -> Coverage {
    let entries = entries.filter { !$0.isGone }
    var coverage = Coverage(clouds: entries.count, kinds: kinds)
    func count(_ state: ListState, of cloud: CloudReference, in lists: inout Coverage.Lists) {
      switch state {
      case .unread, .outdated: lists.waiting += 1
      case .failed(let error): lists.unreadable.append(Coverage.Missing(cloud: cloud, error: error))
      case .read(let began):
        lists.read += 1
        lists.asOf = min(lists.asOf ?? began, began)
      }
    }
    for entry in entries {
      if kinds.contains(.users) { count(entry.users, of: entry.cloud, in: &coverage.users) }
      if kinds.contains(.invitations) { count(entry.invitations, of: entry.cloud, in: &coverage.invitations) }
    }
    return coverage
  }
}

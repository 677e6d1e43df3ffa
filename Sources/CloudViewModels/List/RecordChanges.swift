import CloudAPI
import CloudChanges
import FoundationEssentials

/// How a row differs from what a person saw last.
public enum RowChange: Hashable, Sendable {
  case new
  case changed
}

/// How two readings of one list differ, or several in a row together.
struct RecordChanges<Record: ServiceRecord>: Hashable, Sendable {
  /// What happened to one record.
  enum Change: Hashable, Sendable {
    case new
    /// It has other contents than before: those it had.
    case changed(from: Record)
    /// Its late value is another than before: what that was.
    case resized(from: CloudSize)
  }

  private(set) var changes: [Record.ID: Change] = [:]
  private(set) var goneCount = 0
  /// When the list was read that the changes are counted from; `nil` where only late values changed.
  private(set) var since: Date?

  var isEmpty: Bool { changes.isEmpty && goneCount == 0 }

  /// Lists that are longer than this together are compared off the main actor.
  private static var comparedAtOnce: Int { 2_000 }

  /// Compares two readings of a list by value, long ones off the main actor.
  static func compared(_ old: RecordList<Record>, _ new: RecordList<Record>) async -> RecordChanges {
    guard old.count + new.count > comparedAtOnce else { return between(old, new) }
    return await comparedElsewhere(old, new)
  }

  @concurrent
  private static func comparedElsewhere(_ old: RecordList<Record>, _ new: RecordList<Record>) async -> RecordChanges {
    between(old, new)
  }

  /// Compares by value. Where the records stand in the lists means nothing.
  ///
  /// It takes time proportional to the length of both lists, and memory to the part where they aren't in step.
  static func between(_ old: RecordList<Record>, _ new: RecordList<Record>) -> RecordChanges {
    var result = RecordChanges()
    func compare(_ before: Record, _ now: Record) {
      if before != now { result.changes[now.id] = .changed(from: before) }
    }
    var start = 0
    while start < min(old.count, new.count), old[start].id == new[start].id {
      compare(old[start], new[start])
      start += 1
    }
    var (oldEnd, newEnd) = (old.count, new.count)
    while oldEnd > start, newEnd > start, old[oldEnd - 1].id == new[newEnd - 1].id {
      (oldEnd, newEnd) = (oldEnd - 1, newEnd - 1)
      compare(old[oldEnd], new[newEnd])
    }
    let before = Dictionary(
      (start..<oldEnd).map { (old[$0].id, old[$0]) }, uniquingKeysWith: { first, _ in first })
    var found: Set<Record.ID> = []
    var knownCount = 0
    // A service may send an id twice: the first counts, here as in the rows.
    for place in start..<newEnd where found.insert(new[place].id).inserted {
      guard let known = before[new[place].id] else {
        result.changes[new[place].id] = .new
        continue
      }
      knownCount += 1
      compare(known, new[place])
    }
    result.goneCount = before.count - knownCount
    return result
  }

  subscript(id: Record.ID) -> Change? { changes[id] }

  /// Adds what a later reading found.
  ///
  /// - Parameters:
  ///   - since: when the list was read that it was compared with.
  ///   - isThere: whether a record is still in the list.
  mutating func add(_ later: RecordChanges, since: Date, isThere: (Record.ID) -> Bool) {
    if isEmpty { self.since = since }
    goneCount += later.goneCount
    for (id, change) in later.changes {
      switch (changes[id], change) {
      // What is new to the person stays so, and what it changed from is what they saw.
      case (.new, _), (.changed, .changed): break
      default: changes[id] = change
      }
    }
    for id in changes.keys where !isThere(id) {
      // One that came and went again was never seen, and is not missed.
      if changes[id] == .new { goneCount -= 1 }
      changes[id] = nil
    }
  }

  /// Takes a late value that changed, of a record that nothing else is said of.
  mutating func add(_ id: Record.ID, resizedFrom before: CloudSize) {
    if isEmpty { since = nil }
    if changes[id] == nil { changes[id] = .resized(from: before) }
  }

  /// The person has seen it.
  mutating func remove(_ id: Record.ID) {
    changes[id] = nil
  }

  /// `2 new, 1 changed, 1 gone since 13:04`.
  var text: String {
    let new = changes.values.reduce(0) { $0 + ($1 == .new ? 1 : 0) }
    return [(new, "new"), (changes.count - new, "changed"), (goneCount, "gone")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)" }.joined(separator: ", ") + sinceText
  }

  /// ` since 13:04`.
  var sinceText: String {
    since.map { " since \(LocalTime.hourAndMinute($0))" } ?? ""
  }

  /// The sign in a record's row; `nil` where nothing is new about it.
  func sign(of id: Record.ID) -> RowChange? {
    switch self[id] {
    case .new: .new
    case .changed, .resized: .changed
    case nil: nil
    }
  }
}

import CloudAPI
import CloudChanges
import FoundationEssentials

/// How a row differs from what the user saw last.
public enum RowChange: Hashable, Sendable {
  case new
  case changed
}

/// The differences between two readings of a list, or accumulated over several readings.
struct RecordChanges<Record: TableRecord>: Hashable, Sendable {
  /// What happened to one record.
  enum Change: Hashable, Sendable {
    case new
    /// Its contents changed; with the contents before.
    case changed(from: Record)
    /// Its late value changed; with the value before.
    case lateChanged(from: Record.LateValue)
  }

  private(set) var changes: [Record.ID: Change] = [:]
  private(set) var goneCount = 0
  /// When the list was read that the changes are relative to; `nil` if only late values changed.
  private(set) var since: Date?

  var isEmpty: Bool { changes.isEmpty && goneCount == 0 }

  /// The most records of both lists together that are compared on the main actor.
  private static var comparedAtOnce: Int { 2_000 }

  /// Compares two readings of a list by value, off the main actor if they are long.
  static func compared(_ old: RecordList<Record>, _ new: RecordList<Record>) async -> RecordChanges {
    guard old.count + new.count > comparedAtOnce else { return between(old, new) }
    return await comparedElsewhere(old, new)
  }

  @concurrent
  private static func comparedElsewhere(_ old: RecordList<Record>, _ new: RecordList<Record>) async -> RecordChanges {
    between(old, new)
  }

  /// Compares by value; the positions of the records don't matter.
  ///
  /// Takes time proportional to the length of both lists, and memory proportional to the part where their ids differ.
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
    // A service may send an id twice: the first record counts, as in the rows.
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

  /// Adds the changes that a later reading found.
  ///
  /// - Parameters:
  ///   - since: when the list was read that it was compared with.
  ///   - isThere: whether a record is still in the list.
  mutating func add(_ later: RecordChanges, since: Date, isThere: (Record.ID) -> Bool) {
    if isEmpty { self.since = since }
    goneCount += later.goneCount
    for (id, change) in later.changes {
      switch (changes[id], change) {
      // A record that is new to the user stays new; a changed one keeps the contents that the user saw.
      case (.new, _), (.changed, .changed): break
      default: changes[id] = change
      }
    }
    for id in changes.keys where !isThere(id) {
      // A record that came and went again was never seen and doesn't count as gone.
      if changes[id] == .new { goneCount -= 1 }
      changes[id] = nil
    }
  }

  /// Adds the change of a late value, unless the record has another change.
  mutating func add(_ id: Record.ID, lateBefore before: Record.LateValue) {
    if isEmpty { since = nil }
    if changes[id] == nil { changes[id] = .lateChanged(from: before) }
  }

  /// Removes the change of a record that the user has seen.
  mutating func remove(_ id: Record.ID) {
    changes[id] = nil
  }

  /// The changes in words: `2 new, 1 changed, 1 gone since 13:04`.
  var text: String {
    let new = changes.values.reduce(0) { $0 + ($1 == .new ? 1 : 0) }
    return [(new, "new"), (changes.count - new, "changed"), (goneCount, "gone")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)" }.joined(separator: ", ") + sinceText
  }

  /// The time of the earlier reading: ` since 13:04`; empty if there is none.
  var sinceText: String {
    since.map { " since \(LocalTime.hourAndMinute($0))" } ?? ""
  }

  /// The change to show in a record's row; `nil` if there is none.
  func sign(of id: Record.ID) -> RowChange? {
    switch self[id] {
    case .new: .new
    case .changed, .lateChanged: .changed
    case nil: nil
    }
  }
}

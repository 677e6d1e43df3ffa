import CloudAPI

/// The records of a list that a person marked, by their ids: rows may move, come and go, and a mark stays on its record.
struct Marks<Record: Identifiable, Scope: Hashable> where Record.ID == Identifier<Record> {
  private(set) var ids: Set<Record.ID> = []
  /// What the marked records belong to.
  private(set) var scope: Scope?
  /// How many marks the filter took since a person marked last.
  private(set) var hiddenCount = 0

  /// What was said when marks went with the last change of the rows; `nil` where none went.
  var loss: String?

  var isEmpty: Bool { ids.isEmpty }
  var count: Int { ids.count }

  func contains(_ id: Record.ID) -> Bool { ids.contains(id) }

  /// Puts marks in place of those there.
  mutating func set(_ new: Set<Record.ID>, in scope: Scope?) {
    ids = new
    self.scope = scope
    hiddenCount = 0
  }

  /// Takes marks away, for whatever reason.
  mutating func remove(_ gone: some Sequence<Record.ID>) {
    ids.subtract(gone)
  }

  /// Takes the marks of rows that the filter hides.
  mutating func hide(_ hidden: Set<Record.ID>) {
    ids.subtract(hidden)
    hiddenCount += hidden.count
  }

  /// The filter is gone: what it took needs no telling any more.
  mutating func forgetHidden() {
    hiddenCount = 0
  }
}

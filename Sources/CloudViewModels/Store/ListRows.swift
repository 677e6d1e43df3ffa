import CloudAPI
import CloudChanges

/// The rows of a list: its records in order, without those that the filter hides.
struct ListRows<Record: TableRecord>: Sendable {
  private(set) var ordering = RowOrdering<Record>()
  private(set) var filter = TextFilter()
  /// The place of each row's record in the table.
  private(set) var places: [Int] = []
  /// Earlier results of the filter, reused for the next character.
  private var found = RowFilter()

  init() {}

  init(_ table: RecordTable<Record>, _ ordering: RowOrdering<Record>, filter: TextFilter) {
    self.ordering = ordering
    self.filter = filter
    places = found.rows(filter, of: ordering.rows, in: table)
  }

  /// How many bytes of text must be searched, at most, to apply a filter.
  func work(for filter: TextFilter, in table: RecordTable<Record>) -> Int {
    found.work(for: filter, in: table)
  }

  mutating func filter(by filter: TextFilter, _ table: RecordTable<Record>) {
    self.filter = filter
    places = found.rows(filter, of: ordering.rows, in: table)
  }

  mutating func arrange(_ ordering: RowOrdering<Record>, _ table: RecordTable<Record>) {
    self.ordering = ordering
    places = found.rows(filter, of: ordering.rows, in: table)
  }

  /// Adds a record from the end of the table as the last row, even if the filter would hide it.
  mutating func append(_ place: Int) {
    ordering.append(place)
    places.append(place)
    found.reset()
  }

  /// Removes the rows of removed records.
  mutating func remove(_ left: PlacesLeft) {
    ordering.remove(left)
    places = left.places(of: places)
    found.reset()
  }

  /// Notes that a record changed and may belong in another row.
  mutating func changed() {
    ordering.changed()
    found.reset()
  }
}

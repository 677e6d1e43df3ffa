import CloudAPI
import CloudChanges

/// The rows of a list: its records in order, without those that the filter hides.
struct ListRows<Record: ServiceRecord>: Sendable {
  private(set) var ordering = RowOrdering<Record>()
  private(set) var filter = TextFilter()
  /// The places of the records that are shown.
  private(set) var places: [Int] = []
  /// What the filter found, ready for the next letter.
  private var found = RowFilter()

  init() {}

  init(_ table: RecordTable<Record>, _ ordering: RowOrdering<Record>, filter: TextFilter) {
    self.ordering = ordering
    self.filter = filter
    places = found.rows(filter, of: ordering.rows, in: table)
  }

  /// How many bytes of text have to be looked through, at most, to filter so.
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

  /// Takes in a record that came to the end of the table, as the last row, whether the filter would show it or not.
  mutating func append(_ place: Int) {
    ordering.append(place)
    places.append(place)
    found.reset()
  }

  /// Takes out the records that go.
  mutating func remove(_ left: PlacesLeft) {
    ordering.remove(left)
    places = left.places(of: places)
    found.reset()
  }

  /// Says that a record is another one now, and may belong elsewhere.
  mutating func changed() {
    ordering.changed()
    found.reset()
  }
}

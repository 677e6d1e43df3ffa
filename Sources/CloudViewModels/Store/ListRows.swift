import CloudAPI
import CloudChanges

/// The rows of a list: its records in order, without those that the filter hides.
struct ListRows<Record: TableRecord>: Sendable {
  private(set) var ordering = RowOrdering<Record>()
  private(set) var filter = Filter()
  /// The place of each row's record in the table.
  private(set) var places: [Int] = []
  /// How many records would have a row if a value that the filter compares were known and fitted.
  private(set) var unknownCount = 0
  /// Earlier results of the filter, reused for the next character.
  private var found = RowFilter<Record>()

  typealias LateValues = RowFilter<Record>.LateValues

  init() {}

  init(
    _ table: RecordTable<Record>, _ ordering: RowOrdering<Record>, filter: Filter, late: @escaping LateValues
  ) {
    self.ordering = ordering
    self.filter = filter
    apply(to: table, late)
  }

  /// How many bytes of text must be searched, at most, to apply a filter.
  func work(for filter: Filter, in table: RecordTable<Record>) -> Int {
    found.work(for: filter, in: table)
  }

  mutating func filter(by filter: Filter, _ table: RecordTable<Record>, late: @escaping LateValues) {
    self.filter = filter
    apply(to: table, late)
  }

  mutating func arrange(_ ordering: RowOrdering<Record>, _ table: RecordTable<Record>, late: @escaping LateValues) {
    self.ordering = ordering
    apply(to: table, late)
  }

  private mutating func apply(to table: RecordTable<Record>, _ late: @escaping LateValues) {
    (places, unknownCount) = found.rows(filter, of: ordering.rows, in: table, late: late)
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

import CloudAPI
import CloudChanges

/// The order of all rows, regardless of the filter.
struct RowOrdering<Record: TableRecord>: Sendable {
  /// The place of each row's record in the table.
  private(set) var rows: [Int] = []
  /// The branches drawn before each record, if the rows are ordered as a graph.
  private(set) var prefixes: [Record.ID: String] = [:]
  /// The sort order of the rows; `nil` for the API's or the graph's order, and after records changed.
  private(set) var order: RowOrder?
  private var sorted: SortedRecords?

  /// The order of the API.
  init(count: Int = 0) {
    rows = Array(0..<count)
  }

  /// - Parameter late: looks up the late values known now.
  @specialized(where Record == User, Scope == CloudScope)
  init<Scope>(
    _ table: RecordTable<Record>, in order: RowOrder?, of resource: Resource<Record, Scope>,
    late: @escaping @Sendable (Record.ID) -> LoadState<Record.LateValue>
  ) {
    let column = order.flatMap { order in resource.everyColumn.first { $0.id == order.column } }
    if let order, let column {
      let context = RowContext<Record>(late: late, record: { id in table.place(of: id).map { table.records[$0] } })
      var sorted =
        table.texts.textIndex(of: column.id).map { SortedRecords(table.texts.chunks.map(\.folded), by: $0) }
        ?? SortedRecords(table.records.lazy.map { column.sortKey($0, context) })
      if column.id != resource.columns.first?.id {
        sorted.orderTies(by: Self.byName(table, resource), keepsMissing: column.kind.isLate)
      }
      rows = sorted.records(ascending: order.ascending)
      self.sorted = sorted
      self.order = order
    } else if let parents = resource.parents {
      arrangeAsGraph(table, title: resource.title, parents: parents)
    } else {
      rows = Array(0..<table.count)
    }
  }

  /// All records, ordered by the first column.
  private static func byName<Scope>(_ table: RecordTable<Record>, _ resource: Resource<Record, Scope>) -> [Int] {
    let sorted =
      resource.columns.first.flatMap { table.texts.textIndex(of: $0.id) }
      .map { SortedRecords(table.texts.chunks.map(\.folded), by: $0) }
      ?? SortedRecords(table.records.lazy.map { .folded(resource.title($0)) })
    return sorted.records(ascending: true)
  }

  /// The same rows in the other direction of their column; `nil` if another column is requested or records changed.
  func reversed(to wanted: RowOrder?) -> RowOrdering? {
    guard let order, let sorted, let wanted, wanted.column == order.column else { return nil }
    var reversed = self
    reversed.rows = sorted.records(ascending: wanted.ascending)
    reversed.order = wanted
    return reversed
  }

  /// Adds a record as the last row, where it stays until the rows are ordered again.
  mutating func append(_ place: Int) {
    rows.append(place)
    changed()
  }

  /// Removes the rows of removed records.
  mutating func remove(_ left: PlacesLeft) {
    rows = left.places(of: rows)
    changed()
  }

  /// Notes that records changed, so that the rows may be out of order.
  mutating func changed() {
    (order, sorted) = (nil, nil)
  }

  private mutating func arrangeAsGraph(
    _ table: RecordTable<Record>, title: (Record) -> String, parents: (Record) -> [Record.ID]
  ) {
    let folded = table.records.map { (record: $0, title: NaturalOrder.key(of: SearchFold.fold(title($0)))) }
    let nodes = GraphOrder.tree(folded.sorted { $0.title < $1.title }.map(\.record), parents: parents)
    for node in nodes { prefixes[node.id] = node.prefix }
    rows = nodes.compactMap { table.place(of: $0.id) }
  }
}

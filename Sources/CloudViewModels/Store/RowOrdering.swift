import CloudAPI
import CloudChanges

/// The order of all rows, whatever the filter.
struct RowOrdering<Record: ServiceRecord>: Sendable {
  /// The places of the records.
  private(set) var rows: [Int] = []
  /// How each record hangs in the graph, where the rows are in that.
  private(set) var prefixes: [Record.ID: String] = [:]
  /// What the rows are in the order of; `nil` once records were put in or taken out since.
  private(set) var order: RowOrder?
  private var sorted: SortedRecords?

  /// No order but that of the API.
  init(count: Int = 0) {
    rows = Array(0..<count)
  }

  /// - Parameter late: the values that arrive late, as they are now.
  @specialized(where Record == User, Scope == CloudScope)
  init<Scope>(
    _ table: RecordTable<Record>, in order: RowOrder?, of resource: Resource<Record, Scope>,
    late: @escaping @Sendable (Record.ID) -> LoadState<CloudSize>
  ) {
    let column = order.flatMap { order in resource.columns.first { $0.id == order.column } }
    if let order, let column, let key = column.sortKey {
      let context = RowContext<Record>(late: late, record: { id in table.place(of: id).map { table.records[$0] } })
      let sorted =
        column.searchText.map { SortedRecords(table.texts, by: $0) }
        ?? SortedRecords(table.records.lazy.map { key($0, context) })
      rows = sorted.records(ascending: order.ascending)
      self.sorted = sorted
      self.order = order
    } else if let parents = resource.parents {
      arrangeAsGraph(table, title: resource.title, parents: parents)
    } else {
      rows = Array(0..<table.count)
    }
  }

  /// The same rows in the other direction of their column; `nil` where the order asked for is another one.
  func reversed(to wanted: RowOrder?) -> RowOrdering? {
    guard let order, let sorted, let wanted, wanted.column == order.column else { return nil }
    var reversed = self
    reversed.rows = sorted.records(ascending: wanted.ascending)
    reversed.order = wanted
    return reversed
  }

  /// Takes in a record at the end of the rows, where it stays until they are put in order again.
  mutating func append(_ place: Int) {
    rows.append(place)
    changed()
  }

  /// Takes out the records that go.
  mutating func remove(_ left: PlacesLeft) {
    rows = left.places(of: rows)
    changed()
  }

  /// Says that some record may not be where the order has it.
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

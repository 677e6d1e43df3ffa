/// Orders the records of a graph as a tree: children below a parent, each record once.
///
/// Takes time proportional to records and links, without recursion: a service may send a chain of any length.
public enum GraphOrder {
  /// A record's place in the tree.
  public struct Node<ID: Hashable & Sendable>: Hashable, Sendable {
    public let id: ID
    /// The branches drawn from the root: `│ └ `; empty at a root. Below `deepestDrawn` levels it starts with `… `.
    public let prefix: String
  }

  /// How many levels below a root are indented: deeper ones would leave no room for a name, and drawing a chain of
  /// thousands would take megabytes.
  public static let deepestDrawn = 20

  /// The records as a tree; siblings keep the given order.
  ///
  /// A record with several parents is placed below the deepest one. Records that a cycle separates from every root (no
  /// service should send one) are added at the end, so that none is missing.
  public static func tree<Record: Identifiable>(
    _ records: [Record], parents: (Record) -> [Record.ID]
  ) -> [Node<Record.ID>] where Record.ID: Sendable {
    let links = Links(records, parents: parents)
    let depths = links.depths()
    var below = [[Int]](repeating: [], count: links.ids.count)
    var roots: [Int] = []
    var inCycles: [Int] = []
    for record in links.ids.indices {
      // A parent in or below a cycle has no depth and is chosen only if there is no other.
      let known = links.parents[record]
      if let parent = known.max(by: { (depths[$0] ?? -1) < (depths[$1] ?? -1) }) {
        below[parent].append(record)
        if depths[record] == nil { inCycles.append(record) }
      } else {
        roots.append(record)
      }
    }
    var placement = Placement(below: below)
    for start in roots + inCycles { placement.place(start) }
    return placement.order.map { Node(id: links.ids[$0.record], prefix: $0.prefix) }
  }

  /// The records below a record, at any depth; includes the record itself only if it is in a cycle.
  public static func descendants<Record: Identifiable>(
    of id: Record.ID, in records: [Record], parents: (Record) -> [Record.ID]
  ) -> Set<Record.ID> {
    var children: [Record.ID: [Record.ID]] = [:]
    for record in records {
      for parent in parents(record) { children[parent, default: []].append(record.id) }
    }
    var found: Set<Record.ID> = []
    var waiting = [id]
    while let next = waiting.popLast() {
      for child in children[next] ?? [] where found.insert(child).inserted { waiting.append(child) }
    }
    return found
  }
}

/// The links between records, as indices into a list without duplicates.
private struct Links<ID: Hashable> {
  private(set) var ids: [ID] = []
  /// For each record, its parents that are in the list, without duplicates and without the record itself.
  let parents: [[Int]]

  init<Record: Identifiable>(_ records: [Record], parents: (Record) -> [Record.ID]) where Record.ID == ID {
    var places: [ID: Int] = [:]
    var named: [[ID]] = []
    for record in records where places[record.id] == nil {
      places[record.id] = ids.count
      ids.append(record.id)
      named.append(parents(record))
    }
    self.parents = named.enumerated().map { place, named in
      var seen: Set<Int> = [place]
      return named.compactMap { places[$0] }.filter { seen.insert($0).inserted }
    }
  }

  /// The length of the longest path from a root to each record, by Kahn's algorithm: the depth of a record is known
  /// once the depths of all its parents are. `nil` for records in and below cycles.
  func depths() -> [Int?] {
    var depths = [Int?](repeating: nil, count: ids.count)
    var children = [[Int]](repeating: [], count: ids.count)
    for (record, parents) in parents.enumerated() {
      for parent in parents { children[parent].append(record) }
    }
    var unknownParents = parents.map(\.count)
    var known = parents.indices.filter { parents[$0].isEmpty }
    while let record = known.popLast() {
      depths[record] = parents[record].compactMap { depths[$0] }.max().map { $0 + 1 } ?? 0
      for child in children[record] {
        unknownParents[child] -= 1
        if unknownParents[child] == 0 { known.append(child) }
      }
    }
    return depths
  }
}

/// Places the records below the given ones in depth-first order, each record once.
private struct Placement {
  /// The children of each record.
  let below: [[Int]]
  private(set) var order: [(record: Int, prefix: String)] = []
  private var isPlaced: [Bool]

  private struct Step {
    let record: Int
    let level: Int
    /// Whether no sibling follows; always true for a root.
    let isLast: Bool
    /// The text before the branch of this level, `│   `.
    let indent: String
  }

  init(below: [[Int]]) {
    self.below = below
    isPlaced = Array(repeating: false, count: below.count)
  }

  mutating func place(_ start: Int) {
    var waiting = [Step(record: start, level: 0, isLast: true, indent: "")]
    while let step = waiting.popLast() {
      guard !isPlaced[step.record] else { continue }
      isPlaced[step.record] = true
      order.append((step.record, prefix(of: step)))
      let indent = indent(below: step)
      // A child that is already placed is where the cycle was entered.
      let children = below[step.record].filter { !isPlaced[$0] }
      for (index, child) in children.enumerated().reversed() {
        let isLast = index == children.count - 1
        waiting.append(Step(record: child, level: step.level + 1, isLast: isLast, indent: indent))
      }
    }
  }

  private func prefix(of step: Step) -> String {
    switch step.level {
    case 0: ""
    case ...GraphOrder.deepestDrawn: step.indent + (step.isLast ? "└ " : "├ ")
    default: "… " + step.indent + (step.isLast ? "└ " : "├ ")
    }
  }

  private func indent(below step: Step) -> String {
    guard step.level > 0, step.level < GraphOrder.deepestDrawn else { return step.level == 0 ? "" : step.indent }
    return step.indent + (step.isLast ? "  " : "│ ")
  }
}

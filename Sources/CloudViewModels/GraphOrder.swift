/// Orders the records of a graph so that it can be read as a tree: children below a parent, each record once.
public enum GraphOrder {
  /// A record's place in the tree.
  public struct Node<ID: Hashable & Sendable>: Hashable, Sendable {
    public let id: ID
    /// Draws the way from the root: `│ └ `; empty at a root.
    public let prefix: String
  }

  /// The records as a tree, in the order given among siblings.
  ///
  /// A record with several parents hangs under the deepest one. What a cycle keeps from every root (no service should
  /// send one) follows at the end, so that nothing is ever missing.
  public static func tree<Record: Identifiable>(
    _ records: [Record], parents: (Record) -> [Record.ID]
  ) -> [Node<Record.ID>] where Record.ID: Sendable {
    let depths = depths(records, parents: parents)
    var children: [Record.ID: [Record.ID]] = [:]
    var roots: [Record.ID] = []
    for record in records {
      let known = parents(record).filter { depths[$0] != nil && $0 != record.id }
      if let parent = known.max(by: { depths[$0, default: 0] < depths[$1, default: 0] }) {
        children[parent, default: []].append(record.id)
      } else {
        roots.append(record.id)
      }
    }
    var nodes: [Node<Record.ID>] = []
    var placed: Set<Record.ID> = []
    func place(_ id: Record.ID, prefix: String, indent: String) {
      guard placed.insert(id).inserted else { return }
      nodes.append(Node(id: id, prefix: prefix))
      let below = children[id] ?? []
      for (index, child) in below.enumerated() {
        let isLast = index == below.count - 1
        place(child, prefix: indent + (isLast ? "└ " : "├ "), indent: indent + (isLast ? "  " : "│ "))
      }
    }
    for root in roots { place(root, prefix: "", indent: "") }
    for record in records where !placed.contains(record.id) { place(record.id, prefix: "", indent: "") }
    return nodes
  }

  /// Everything that hangs below a record, at any depth.
  public static func descendants<Record: Identifiable>(
    of id: Record.ID, in records: [Record], parents: (Record) -> [Record.ID]
  ) -> Set<Record.ID> {
    var found: Set<Record.ID> = []
    var grew = true
    while grew {
      grew = false
      for record in records where !found.contains(record.id) {
        if parents(record).contains(where: { $0 == id || found.contains($0) }) {
          found.insert(record.id)
          grew = true
        }
      }
    }
    return found
  }

  /// The longest way from a root to each record; what is met again on its own way counts from there.
  private static func depths<Record: Identifiable>(
    _ records: [Record], parents: (Record) -> [Record.ID]
  ) -> [Record.ID: Int] {
    let parentsByID = Dictionary(records.map { ($0.id, parents($0)) }, uniquingKeysWith: { first, _ in first })
    var depths: [Record.ID: Int] = [:]
    func depth(of id: Record.ID, way: Set<Record.ID>) -> Int {
      if let known = depths[id] { return known }
      let above = (parentsByID[id] ?? []).filter { parentsByID[$0] != nil && !way.contains($0) }
      let depth = above.map { depth(of: $0, way: way.union([id])) + 1 }.max() ?? 0
      depths[id] = depth
      return depth
    }
    for record in records { _ = depth(of: record.id, way: [record.id]) }
    return depths
  }
}

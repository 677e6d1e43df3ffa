/// A processing step that runs on each uploaded model, after its parents.
struct ProcessorRecord: Hashable, Sendable {
  static let nameLimit = 50

  let id: Int
  var name: String
  /// Ids of processors in the same cloud, ascending, without duplicates.
  var parents: [Int] = []
}

extension ProcessorRecord: JSONWritable {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.field("id", id)
      object.field("name", name)
      object.field("parent_processors", parents)
    }
  }
}

/// The processors of one cloud as an acyclic graph from parents to children.
struct ProcessorGraph {
  private let processors: [Int: ProcessorRecord]

  init(_ processors: [ProcessorRecord]) {
    self.processors = Dictionary(processors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func contains(_ id: Int) -> Bool {
    processors[id] != nil
  }

  /// Why a processor can't have these parents: one is the processor itself or runs after it. Nil if it can.
  func problem(withParents parents: [Int], of id: Int) -> String? {
    if parents.contains(id) { return "A processor can't be its own parent." }
    guard let late = parents.first(where: { ancestors(of: $0).contains(id) }) else { return nil }
    return "\(processors[late]?.name ?? "\(late)") can't be a parent: it runs after this processor."
  }

  private func ancestors(of id: Int) -> Set<Int> {
    var found: Set<Int> = []
    var pending = processors[id]?.parents ?? []
    while let next = pending.popLast() {
      if found.insert(next).inserted { pending += processors[next]?.parents ?? [] }
    }
    return found
  }
}

extension Simulator {
  func processor(_ id: Int?, in cloud: CloudState) throws(Refusal) -> ProcessorRecord {
    guard let processor = cloud.processors.first(where: { $0.id == id }) else { throw .notFound }
    return processor
  }

  func createProcessor(in cloudID: Int?, _ body: RequestBody) throws(Refusal) -> Reply {
    let index = try index(of: cloudID)
    var fields = try body.fields()
    let name = fields.text("name", limit: ProcessorRecord.nameLimit)
    let graph = ProcessorGraph(clouds[index].processors)
    let parents = fields.references("parent_processors", to: graph.contains)
    try fields.check()
    guard let name else { throw fields.refusal }

    let processor = ProcessorRecord(id: nextProcessorID, name: name, parents: parents ?? [])
    nextProcessorID += 1
    clouds[index].processors.append(processor)
    return .created(processor)
  }

  /// Sets what the body has; parents that it leaves out stay, with PUT too, since the API doesn't require them.
  func updateProcessor(_ id: Int?, in cloudID: Int?, _ body: RequestBody, partial: Bool) throws(Refusal) -> Reply {
    let index = try index(of: cloudID)
    var processor = try processor(id, in: clouds[index])
    var fields = try body.fields(partial: partial)
    let name = fields.text("name", limit: ProcessorRecord.nameLimit)
    let graph = ProcessorGraph(clouds[index].processors)
    let parents = fields.references("parent_processors", to: graph.contains)
    if let parents, let problem = graph.problem(withParents: parents, of: processor.id) {
      fields.refuse("parent_processors", problem)
    }
    try fields.check()

    if let name { processor.name = name }
    if let parents { processor.parents = parents }
    if let place = clouds[index].processors.firstIndex(where: { $0.id == processor.id }) {
      clouds[index].processors[place] = processor
    }
    return .ok(processor)
  }

  /// Deletes a processor; its children stay, without it.
  func deleteProcessor(_ id: Int?, in cloudID: Int?) throws(Refusal) -> Reply {
    let index = try index(of: cloudID)
    let processor = try processor(id, in: clouds[index])
    clouds[index].processors.removeAll { $0.id == processor.id }
    for place in clouds[index].processors.indices {
      clouds[index].processors[place].parents.removeAll { $0 == processor.id }
    }
    return .noContent
  }
}

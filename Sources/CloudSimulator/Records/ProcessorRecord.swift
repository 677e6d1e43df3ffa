/// A step that runs on each uploaded model, after its parents.
struct ProcessorRecord: Hashable, Sendable {
  static let nameLimit = 50

  let id: Int
  var name: String
  /// Ids of processors of the same cloud, ascending, each once.
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

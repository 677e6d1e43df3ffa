/// Messages by field name, in the order in which the fields were read.
struct FieldErrors: JSONWritable {
  private var fields: [(name: String, messages: [String])] = []

  var isEmpty: Bool { fields.isEmpty }

  mutating func add(_ messages: [String], to field: String) {
    fields.append((field, messages))
  }

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      for field in fields { object.field(named: field.name, field.messages) }
    }
  }
}

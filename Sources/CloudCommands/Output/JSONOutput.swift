import CloudAPI
import CloudViewModels
import Synchronization

/// A JSON list, one record a line, printed as its records come.
final class JSONListOutput: Sendable {
  private let output: OutputQueue
  private let isEmpty = Mutex(true)

  init(_ output: OutputQueue) {
    self.output = output
  }

  func add(_ records: [[UInt8]]) {
    var bytes: [UInt8] = []
    for record in records {
      let isFirst = isEmpty.withLock { isEmpty in
        defer { isEmpty = false }
        return isEmpty
      }
      bytes += Array((isFirst ? "[\n" : ",\n").utf8)
      bytes += HarmlessJSON.escaped(record)
    }
    output.write(bytes)
  }

  /// Ends the line of a list that broke off, and not the list.
  func breakOff() {
    if !isEmpty.withLock({ $0 }) { output.write("\n") }
  }

  /// To be called once all are there: a list that isn't ended is no JSON, so that nobody takes a part for the whole.
  func end() {
    output.write(isEmpty.withLock { $0 } ? "[]\n" : "\n]\n")
  }
}

extension JSONText {
  /// This object with `size` as its last member: the one thing that `--sizes` adds to what the API said of a cloud.
  func addingSize(_ size: JSONText?) -> [UInt8] {
    guard bytes.last == UInt8(ascii: "}") else { return bytes }
    let separator = bytes.count > 2 ? "," : ""
    return bytes.dropLast() + Array("\(separator)\"size\":".utf8) + (size?.bytes ?? Array("null".utf8))
      + [UInt8(ascii: "}")]
  }
}

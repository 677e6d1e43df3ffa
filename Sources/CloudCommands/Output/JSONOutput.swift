import CloudAPI
import CloudViewModels
import Synchronization

/// A JSON list with one record per line, printed while its records arrive.
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

  /// Ends the line of an incomplete list without closing the list.
  func breakOff() {
    if !isEmpty.withLock({ $0 }) { output.write("\n") }
  }

  /// Closes the list. Call it only if all records were added: an incomplete list must not be valid JSON, so that nobody
  /// takes it for the whole.
  func end() {
    output.write(isEmpty.withLock { $0 } ? "[]\n" : "\n]\n")
  }
}

extension JSONText {
  /// This object with `size` added as its last member, for `--sizes`: the only addition to a cloud's JSON from the API.
  func addingSize(_ size: JSONText?) -> [UInt8] {
    guard bytes.last == UInt8(ascii: "}") else { return bytes }
    let separator = bytes.count > 2 ? "," : ""
    return bytes.dropLast() + Array("\(separator)\"size\":".utf8) + (size?.bytes ?? Array("null".utf8))
      + [UInt8(ascii: "}")]
  }
}

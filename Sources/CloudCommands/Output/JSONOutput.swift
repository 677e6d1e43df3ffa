import CloudAPI
import CloudViewModels
import Synchronization

/// A JSON list with one record per line, printed while its records arrive.
final class JSONListOutput: Sendable {
  private let output: OutputQueue
  private let list = Mutex(JSONList())

  init(_ output: OutputQueue) {
    self.output = output
  }

  func add(_ records: [[UInt8]]) {
    output.write(list.withLock { $0.add(records) })
  }

  /// Ends the line of an incomplete list without closing the list.
  func breakOff() {
    output.write(list.withLock { $0.broken })
  }

  /// Closes the list. Call it only if all records were added.
  func end() {
    output.write(list.withLock { $0.end })
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

import FoundationEssentials
import Synchronization

/// Takes the body of a list as it arrives and hands over its records, those of each chunk together.
final class RecordReceiver: Sendable {
  private struct State {
    var scanner = JSONScanner(.elements)
    var isFirstChunk = true
    var hasDelivered = false
  }

  private let state = Mutex(State())
  private let deliver: @Sendable ([JSONText]) -> Void

  /// - Parameter deliver: is called in the order of the list, never with none.
  init(deliver: @escaping @Sendable ([JSONText]) -> Void) {
    self.deliver = deliver
  }

  /// Whether a record was handed over already, so that the list can't be asked for anew.
  var hasDelivered: Bool { state.withLock { $0.hasDelivered } }

  /// - Parameter chunk: the next one; `nil` at the end.
  func read(_ chunk: [UInt8]?) throws(UnreadableAnswer) {
    let records = try state.withLock { state throws(UnreadableAnswer) in
      if let chunk, state.isFirstChunk, let title = HTMLPage.title(of: Data(chunk), mediaType: nil) {
        throw UnreadableAnswer(pageTitled: title)
      }
      if chunk?.isEmpty == false { state.isFirstChunk = false }
      var records: [JSONText] = []
      if let chunk {
        try state.scanner.read(chunk) { records.append(JSONText(checked: $0)) }
      } else {
        try state.scanner.finish { records.append(JSONText(checked: $0)) }
      }
      if !records.isEmpty { state.hasDelivered = true }
      return records
    }
    if !records.isEmpty { deliver(records) }
  }

  /// Forgets what an attempt brought that delivered nothing.
  func reset() {
    state.withLock { $0 = State() }
  }
}

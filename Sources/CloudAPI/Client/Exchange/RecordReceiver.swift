import FoundationEssentials
import Synchronization

/// Delivers the records of a list as the service's own JSON, those of each chunk together.
final class RecordReceiver: BodyReceiver {
  private struct State {
    var scanner = JSONScanner(.elements)
    var isFirstChunk = true
    var hasDelivered = false
  }

  private let state = Mutex(State())
  private let deliver: @Sendable ([JSONText]) -> Void

  /// - Parameter deliver: is called in the order of the list, never with an empty array.
  init(deliver: @escaping @Sendable ([JSONText]) -> Void) {
    self.deliver = deliver
  }

  var hasDelivered: Bool { state.withLock { $0.hasDelivered } }

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

  func reset() {
    state.withLock { $0 = State() }
  }
}

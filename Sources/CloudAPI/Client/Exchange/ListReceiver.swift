import Synchronization

/// Delivers the records of a list as models, those of each chunk together.
final class ListReceiver<Record: ListRecord>: BodyReceiver {
  private struct State {
    var reader: ListReader<Record>
    var hasDelivered = false
  }

  private let name: String
  private let state: Mutex<State>
  private let learn: @Sendable ([JSONText], [Record]) -> Void
  private let deliver: @Sendable ([Record]) -> Void

  /// - Parameters:
  ///   - name: what the list holds, for errors.
  ///   - learn: is called before the records are delivered, also with the JSON of those that weren't plain.
  ///   - deliver: is called in the order of the list, never with an empty array.
  init(
    name: String, learn: @escaping @Sendable ([JSONText], [Record]) -> Void,
    deliver: @escaping @Sendable ([Record]) -> Void
  ) {
    self.name = name
    self.learn = learn
    self.deliver = deliver
    state = Mutex(State(reader: ListReader(name: name)))
  }

  var hasDelivered: Bool { state.withLock { $0.hasDelivered } }

  func read(_ chunk: [UInt8]?) throws(UnreadableAnswer) {
    let (records, texts) = try state.withLock { state throws(UnreadableAnswer) in
      let records = if let chunk { try state.reader.read(chunk) } else { try state.reader.finish() }
      if !records.isEmpty { state.hasDelivered = true }
      return (records, state.reader.texts)
    }
    guard !records.isEmpty else { return }
    learn(texts, records)
    deliver(records)
  }

  func reset() {
    state.withLock { $0 = State(reader: ListReader(name: name)) }
  }
}

import CloudAPI
import CloudChanges

/// A record with the JSON that it was read from.
struct RecordItem<Record: Sendable>: Sendable {
  let text: JSONText
  let record: Record
}

extension RecordItem where Record: ServiceRecord {
  /// - Returns: `nil` where the service didn't answer with the record.
  init?(_ effect: Effect) {
    guard let text = effect.json, case .now(let snapshot) = effect.state, let record = Record(snapshot) else {
      return nil
    }
    self.init(text: text, record: record)
  }
}

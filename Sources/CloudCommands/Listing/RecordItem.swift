import CloudAPI

/// A record with the JSON that it was read from.
struct RecordItem<Record: Sendable>: Sendable {
  let text: JSONText
  let record: Record
}

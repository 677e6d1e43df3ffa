import FoundationEssentials

extension CloudAPIClient {
  /// Reads a record after a write whose successful response didn't describe it, and decodes it in place of that
  /// response if it holds the values that were sent.
  ///
  /// - Returns: `nil` if the record doesn't show that the write was carried out.
  func readBack<Value: Sendable>(
    _ call: Call, sentAs request: CallRequest, after kind: InconclusiveAnswer.Kind,
    reading: @Sendable (Answer) throws(UnreadableAnswer) -> Value
  ) async -> Value? {
    guard let reader = call.reader, !Task.isCancelled else { return nil }
    let check = AnswerCheck(request)
    do {
      guard call.operation.isNew else {
        return try await perform(reader) { answer throws(UnreadableAnswer) in
          guard check.isMet(by: try answer.object()) else { throw UnreadableAnswer(reason: "it isn't as it was sent") }
          return try reading(answer)
        }
      }
      // The service said that it created the record; only a single match in the list identifies it.
      guard kind == .empty else { return nil }
      return try await perform(reader) { answer throws(UnreadableAnswer) in
        var found: [Answer] = []
        for record in try answer.elements() where check.isMet(by: try record.object()) { found.append(record) }
        guard let only = found.first, found.count == 1 else {
          throw UnreadableAnswer(reason: "\(found.count) are as it was sent")
        }
        return try reading(only)
      }
    } catch {
      return nil
    }
  }
}

extension Call {
  /// The call that reads the record this call writes, or the list that holds a new one; `nil` if there is none.
  var reader: Call? {
    switch operation.action {
    case .edit, .replace: Operation(.read, operation.kind).map { Call($0, ids) }
    case .create: Operation(.list, operation.kind).map { Call($0, ids) }
    case .list, .read, .remove, .readSize, .createDemo: nil
    }
  }
}

extension CloudAPIClient {
  /// Sends a call and returns the service's own JSON; `nil` for an operation with an empty response.
  ///
  /// In the current edition a single user is picked from the list of users.
  public func json(of call: Call) async throws(CloudAPIError) -> JSONText? {
    guard call.operation.answerName != nil else {
      try await performIgnoringAnswer(call)
      return nil
    }
    return try await perform(call) { answer throws(UnreadableAnswer) in try answer.json() }
  }

  /// Sends a call whose response is one record, and returns its JSON and its model.
  ///
  /// - Throws: `outcomeUnknown` for a write whose response can't be read.
  public func record<Record: Decodable & Sendable>(
    of call: Call, as type: Record.Type = Record.self
  ) async throws(CloudAPIError) -> (text: JSONText, record: Record) {
    try await perform(call) { answer throws(UnreadableAnswer) in
      let text = try answer.json()
      return (text, try text.read(name: call.operation.answerName ?? "the answer"))
    }
  }

  /// Sends a call whose response is a list, and delivers its records as JSON while the list arrives.
  ///
  /// A list that fails after its first records were delivered is not requested again.
  ///
  /// - Parameter receive: is given the records of each part that arrived, in the order of the list, on the request's
  ///   own task.
  public func records(
    of call: Call, receive: @escaping @Sendable ([JSONText]) -> Void
  ) async throws(CloudAPIError) {
    guard let editions else {
      try await perform(call, receiver: RecordReceiver(deliver: receive)) { _ in }
      return
    }
    let receiver = RecordReceiver { records in
      editions.learn(from: records, of: call.operation)
      receive(records)
    }
    try await perform(call, receiver: receiver) { _ in }
  }

  /// Sends a call whose response is a list, and delivers its records as models while the list arrives.
  ///
  /// A list that fails after its first records were delivered is not requested again.
  ///
  /// - Parameter receive: is given the records that end in each part of the response, in the order of the list, on the
  ///   request's own task.
  /// - Throws: `badResponse` with the field that can't be read, after the records before it were delivered.
  public func records<Record: ListRecord>(
    of call: Call, as type: Record.Type = Record.self, receive: @escaping @Sendable ([Record]) -> Void
  ) async throws(CloudAPIError) {
    let receiver = ListReceiver<Record>(
      name: call.operation.answerName ?? "the answer",
      learn: { [editions] texts, records in
        editions?.learn(from: texts, of: call.operation)
        if let user = records.first as? User { editions?.learn(user.tellingEdition) }
      }, deliver: receive)
    try await perform(call, receiver: receiver) { _ in }
  }
}

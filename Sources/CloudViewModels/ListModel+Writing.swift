import CloudAPI

extension ListModel {
  /// Sends one write, once, and keeps it in the ledger until it is answered.
  ///
  /// - Parameter command: what was done, given the answer, for "copy as command".
  func write<Answer: Sendable>(
    _ write: PlannedWrite, as command: (Answer) -> CommandLineText?,
    sending send: () async throws(CloudAPIError) -> Answer
  ) async -> Result<Answer, CloudAPIError> {
    await context.writes.record(write) {
      do throws(CloudAPIError) {
        let answer = try await send()
        if let command = command(answer) { context.writes.done(command.on(context.service)) }
        return .success(answer)
      } catch {
        return .failure(error)
      }
    }
  }

  /// What a write to one of the records is in the ledger.
  func planned(_ description: String, to id: Record.ID, in scope: Scope) -> PlannedWrite {
    PlannedWrite(description, to: writeTarget(id, in: scope))
  }

  func writeTarget(_ id: Record.ID, in scope: Scope) -> WriteTarget {
    WriteTarget(kind: resource.names.singular, cloud: (scope as? CloudScope)?.id, id: id.rawValue)
  }

  /// Shows the service's answer to a write in the list, and says it in the form's terms.
  func outcome(
    of result: Result<Record, CloudAPIError>, in scope: Scope, _ words: WriteWords<Record>,
    _ judge: WriteJudge<Record, Scope>
  ) -> FormModel.Outcome {
    switch result {
    case .success(let answer):
      show(answer, in: scope)
      return .done(words.done(answer))
    case .failure(let error):
      guard error.leavesDoubt else { return refusal(error) }
      return .unknown(error.message + Self.isReadAgain, doubt(words, in: scope, judge))
    }
  }

  /// What is said of a write whose answer was lost, as long as reading again can decide.
  static var isReadAgain: String { " It is being read again, which decides." }

  /// Puts the answer to a write into the rows it belongs to, with the cursor on it, and reads the list again.
  func show(_ answer: Record, in scope: Scope) {
    guard scope == self.scope else { return }
    put(answer)
    refresh()
  }

  /// An error as a form shows it.
  func refusal(_ error: CloudAPIError) -> FormModel.Outcome {
    if case .validation(let fields) = error.code {
      let messages = fields.mapValues { $0.joined(separator: " ") }
      // Without a message about no field, the detail says once more what stands beside the fields.
      return .refused(
        fields: messages.filter { !$0.key.isEmpty }, other: messages[""] ?? (messages.isEmpty ? error.detail : nil))
    }
    return .refused(fields: [:], other: error.sentence)
  }
}

extension CloudAPIError {
  /// Whether the write may have been carried out all the same. A redirect after a write often means that it was.
  var leavesDoubt: Bool {
    if case .unexpectedRedirect = code { return true }
    return isOutcomeUnknown
  }

  /// What happened and what to do about it.
  public var sentence: String {
    [message, advice].compactMap { $0 }.joined(separator: " ")
  }
}

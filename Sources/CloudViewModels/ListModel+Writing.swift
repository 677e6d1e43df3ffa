import CloudAPI

extension ListModel {
  /// Sends one write, once, and keeps it in the ledger until it is answered: where its answer was lost, until who asked
  /// for it settles it there.
  ///
  /// - Parameter command: what was done, given the answer, for "copy as command".
  func write<Answer: Sendable>(
    _ write: PlannedWrite, as command: (Answer) -> CommandLineText?,
    sending send: () async throws(CloudAPIError) -> Answer
  ) async -> Result<Answer, CloudAPIError> {
    let entry = context.writes.open(write)
    do throws(CloudAPIError) {
      let answer = try await send()
      context.writes.close(entry)
      if let command = command(answer) { context.writes.done(command.on(context.service)) }
      return .success(answer)
    } catch {
      if !error.leavesDoubt { context.writes.close(entry) }
      return .failure(error)
    }
  }

  /// Keeps in mind that nothing tells what became of a write, so that who sends it again is asked first.
  func neverKnown(_ write: PlannedWrite) {
    if let entry = context.writes.entry(of: write) { context.writes.set(.undecided, of: entry) }
  }

  /// What a write to one of the records is in the ledger.
  func planned(
    _ intent: RecordIntent, _ description: String, to id: Record.ID, in scope: Scope
  ) -> PlannedWrite {
    PlannedWrite(description: description, target: target(id, in: scope), intent: intent)
  }

  /// What a write is in the ledger that makes a record.
  ///
  /// - Parameter name: what tells it from others of its kind.
  func planned(_ description: String, making name: String, in scope: Scope) -> PlannedWrite {
    PlannedWrite(description: description, target: target(.new(name), in: scope), intent: .create)
  }

  func target(_ id: Record.ID, in scope: Scope) -> WriteTarget {
    target(.id(id.rawValue), in: scope)
  }

  private func target(_ identity: WriteTarget.Identity, in scope: Scope) -> WriteTarget {
    WriteTarget(kind: resource.names.singular, cloud: (scope as? CloudScope)?.id, identity: identity)
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
      return .unknown(error.message + Self.isReadAgain, doubt(words, in: scope, judge, after: error))
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
  /// Whether the write may have been carried out all the same. A redirect after a write often means that it was, and a limit
  /// may be one of a proxy's that hands requests on.
  var leavesDoubt: Bool {
    // What has to be read before it is sent failed: the edition, a token.
    guard !isSigningIn, !request.hasPrefix("GET ") else { return false }
    return switch code {
    case .unexpectedRedirect, .rateLimited, .outcomeUnknown: true
    default: false
    }
  }

  /// What happened and what to do about it.
  public var sentence: String {
    [message, advice].compactMap { $0 }.joined(separator: " ")
  }
}

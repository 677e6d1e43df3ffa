import CloudAPI

extension ListModel {
  /// Begins to find out what became of a write whose answer was lost: the list is read again for the screen, and what
  /// decides for the verdict, as often as it takes and with growing rests.
  func doubt(_ words: WriteWords<Record>, in scope: Scope, _ judge: WriteJudge<Record, Scope>) -> Doubt {
    if scope == self.scope { refresh() }
    let doubt = Doubt(words.write, context: context)
    decide(doubt, words, in: scope, judge, afterFailures: 0)
    return doubt
  }

  /// The ids of a scope's records; `nil` where they were not read.
  func known(in scope: Scope) -> KnownRecords<Record.ID>? {
    guard scope == self.scope, let asOf = status.asOf else { return nil }
    return KnownRecords(ids: Set(records.map(\.id)), asOf: asOf)
  }

  /// How long a service may still be at work on what it didn't answer.
  static var patience: Duration { .seconds(10) }

  /// - Parameter isSure: whether so much time has passed that what isn't done by now won't be.
  private func decide(
    _ doubt: Doubt, _ words: WriteWords<Record>, in scope: Scope, _ judge: WriteJudge<Record, Scope>,
    afterFailures failures: Int, isSure: Bool = false
  ) {
    context.activity.run { [self] in
      do throws(CloudAPIError) {
        switch try await judge.read(self, scope) {
        case .done(let record): return doubt.settle(.done, saying: words.done(record))
        case .undecided(let reason): return doubt.settle(.undecided(reason))
        case .notDone where isSure: return doubt.settle(.notDone)
        case .notDone: break
        }
        // It may be carried out yet: who is told now that it can be sent again may do it twice.
        _ = context.activity.run(after: Self.patience, on: context.clock) { [self] in
          decide(doubt, words, in: scope, judge, afterFailures: 0, isSure: true)
        }
      } catch {
        guard error.code != .cancelled else { return }
        guard let rest = ReadBackoff.rest(after: error, failures: failures + 1, now: context.now()) else {
          doubt.settle(.undecided("It can't be read again. \(error.sentence)"))
          return
        }
        _ = context.activity.run(after: rest, on: context.clock) { [self] in
          decide(doubt, words, in: scope, judge, afterFailures: failures + 1, isSure: isSure)
        }
      }
    }
  }
}

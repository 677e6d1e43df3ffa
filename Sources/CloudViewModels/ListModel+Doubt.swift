import CloudAPI
import FoundationEssentials

extension ListModel {
  /// Begins to find out what became of a write whose answer was lost: the list is read again for the screen, and what
  /// decides for the verdict, as often as it takes and with growing rests.
  ///
  /// - Parameter error: how its answer was lost.
  func doubt(
    _ words: WriteWords<Record>, in scope: Scope, _ judge: WriteJudge<Record, Scope>, after error: CloudAPIError
  ) -> Doubt {
    let entry = context.writes.entry(of: words.write) ?? context.writes.open(words.write)
    let doubt = Doubt(words.write, entry, context: context)
    guard case .rateLimited = error.code, let rest = ReadBackoff.rest(after: error, failures: 1, now: context.now())
    else {
      if scope == self.scope { refresh() }
      decide(doubt, words, in: scope, judge)
      return doubt
    }
    // A service that asks to wait isn't read before.
    _ = context.activity.run(after: rest, on: context.clock) { [self] in decide(doubt, words, in: scope, judge) }
    return doubt
  }

  /// The ids of a scope's records; `nil` where they were not read.
  func known(in scope: Scope) -> KnownRecords<Record.ID>? {
    guard scope == self.scope, let asOf = status.asOf else { return nil }
    return KnownRecords(ids: Set(records.map(\.id)), asOf: asOf)
  }

  /// How soon a service may be expected to have done what it didn't answer.
  static var patience: Duration { .seconds(10) }
  /// How long a service may be at work on a request at least, from when it was sent.
  private static var workLimit: Duration { .seconds(30) }

  /// - Parameter isSecond: whether it was read before, and not done.
  private func decide(
    _ doubt: Doubt, _ words: WriteWords<Record>, in scope: Scope, _ judge: WriteJudge<Record, Scope>,
    afterFailures failures: Int = 0, isSecond: Bool = false
  ) {
    context.activity.run { [self] in
      do throws(CloudAPIError) {
        let began = context.now()
        switch try await judge.read(self, scope) {
        case .done(let record):
          doubt.settle(.done, saying: words.done(record))
          take(record, of: judge, in: scope)
          return
        case .undecided(let reason):
          doubt.settle(.undecided(reason))
          if scope == self.scope { refresh() }
          return
        case .notDone: break
        }
        // It may be carried out yet: who is told now that it can be sent again may do it twice.
        let limit = max(Self.workLimit, context.client.configuration.requestTimeLimit)
        let until = doubt.since.addingTimeInterval(limit.seconds)
        var rest = Self.patience
        if isSecond {
          guard began < until else {
            doubt.settle(.notDone)
            if scope == self.scope { refresh() }
            return
          }
          doubt.settle(.notDoneYet(until: until))
          rest = .seconds(Int(max(1, until.timeIntervalSince(context.now()).rounded(.up))))
        }
        _ = context.activity.run(after: rest, on: context.clock) { [self] in
          decide(doubt, words, in: scope, judge, isSecond: true)
        }
      } catch {
        guard error.code != .cancelled else { return }
        guard let rest = ReadBackoff.rest(after: error, failures: failures + 1, now: context.now()) else {
          doubt.settle(.undecided("It can't be read again. \(error.sentence)"))
          return
        }
        _ = context.activity.run(after: rest, on: context.clock) { [self] in
          decide(doubt, words, in: scope, judge, afterFailures: failures + 1, isSecond: isSecond)
        }
      }
    }
  }

  /// Shows what was found done as its answer would have, but for the cursor, which stays where the person has it by now.
  private func take(_ record: Record?, of judge: WriteJudge<Record, Scope>, in scope: Scope) {
    guard scope == self.scope else { return }
    if let id = judge.removed {
      if id == selection, let selectedRecord { wentUnderCursor(selectedRecord) }
      dropPatiently([id])
    } else if let record {
      keep(record)
    }
    refresh()
  }
}

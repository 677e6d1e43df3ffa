import CloudAPI
import CloudChanges

/// The progress of an edit of several records, over all tries of its form.
@MainActor
final class BulkEdit<Record: TableRecord & ServiceRecord> {
  /// A record whose change has an unknown outcome.
  private struct Unresolved {
    let target: Record
    let change: UnresolvedChange
    /// The values that were sent.
    let values: FormValues
    /// The text to show until the outcome is known.
    let text: String
    /// Whether it was found not done, and a try may send to it again.
    var isPutBack = false
  }

  /// All records of the edit, as last read.
  private var targets: [Record]
  /// The records that the next try may send to: those not yet sent to, refused, or found unchanged.
  private var left: Set<Record.ID>
  /// The records that no longer existed when they were read again.
  private(set) var gone: [Record] = []
  /// The values that the service accepted for each record.
  private var saved: [Record.ID: FormValues] = [:]
  private var unresolved: [Unresolved] = []
  /// The outcomes of the other records in the last try.
  private var texts: [String] = []
  /// The unresolved change of the last try.
  private var part: FormModel.UnresolvedPart?
  private let differs: (Record, FormValues) -> Bool

  /// - Parameter differs: whether a record has other values than the given ones.
  init(_ targets: [Record], differs: @escaping (Record, FormValues) -> Bool) {
    self.targets = targets
    left = Set(targets.map(\.id))
    self.differs = differs
  }

  /// Whether anything was sent.
  var hasBegun: Bool { !saved.isEmpty || !unresolved.isEmpty }

  /// The records that the next try may send to, after they are read again.
  var candidates: [Record] { targets.filter { left.contains($0.id) } }

  /// The number of records that have the values.
  func savedCount(_ values: FormValues) -> Int { targets.count { holds($0, values) } }

  /// Updates the candidates with a newer reading; those that it doesn't contain are gone.
  func reread(_ fresh: [Record.ID: Record]) {
    gone += candidates.filter { fresh[$0.id] == nil }
    left.formIntersection(fresh.keys)
    targets = targets.filter { target in !gone.contains { $0.id == target.id } }
      .map { left.contains($0.id) ? fresh[$0.id] ?? $0 : $0 }
  }

  /// Whether nothing is left to send and all that was sent has a known outcome.
  func isSettled(with values: FormValues, but part: UnresolvedChange? = nil) -> Bool {
    !candidates.contains { differs($0, values) }
      && unresolved.allSatisfy { entry in
        entry.isPutBack || entry.change.resolution == .done
          || entry.change === part && entry.change.resolution == .notDone
      }
  }

  private func holds(_ record: Record, _ values: FormValues) -> Bool {
    let wasDone = unresolved.last { $0.target.id == record.id && $0.change.resolution == .done }
    return (saved[record.id] ?? wasDone?.values).map { $0 == values } ?? !differs(record, values)
  }

  /// The outcome of the last try, preceded by what is still unknown from earlier ones.
  ///
  /// - Parameter confirmation: what must be typed before the rest is sent.
  func outcome(unconfirmed confirmation: FormModel.Confirmation?) -> FormModel.Outcome {
    // What was found out before the try was over is said, too.
    let unknown = unresolved.filter { $0.change === part?.change || !$0.isPutBack && $0.change.resolution != .done }
    let outcomes = unknown.map { $0.change.resolution == nil ? $0.text : $0.change.text } + texts
    return .partly(left: [:], fields: [:], outcomes: outcomes, unresolved: part, unconfirmed: confirmation)
  }

  /// Begins a try.
  ///
  /// - Returns: the records to send to.
  func begin(with values: FormValues) -> [Record] {
    let pending = candidates.filter { differs($0, values) }
    left.subtract(pending.map(\.id))
    texts = []
    part = nil
    return pending
  }

  func wasSaved(_ target: Record, with values: FormValues, saying text: String) {
    saved[target.id] = values
    texts.append(text)
  }

  func wasRefused(_ target: Record, saying text: String) {
    left.insert(target.id)
    texts.append(text)
  }

  func isUnresolved(_ target: Record, _ change: UnresolvedChange, with values: FormValues, saying text: String) {
    unresolved.append(Unresolved(target: target, change: change, values: values, text: text))
    part = FormModel.UnresolvedPart(
      change: change, isLast: { [self] in isSettled(with: $0, but: change) },
      puttingBack: { [self] values in
        putBack(change)
        return values
      }, outcome: text)
  }

  private func putBack(_ change: UnresolvedChange) {
    guard let index = unresolved.firstIndex(where: { $0.change === change }) else { return }
    unresolved[index].isPutBack = true
    left.insert(unresolved[index].target.id)
  }
}

import CloudAPI
import CloudChanges

/// How far an edit of several records is, over all tries of its form.
@MainActor
final class BulkEdit<Record: ServiceRecord> {
  /// A record whose answer was lost.
  private struct Unresolved {
    let target: Record
    let change: UnresolvedChange
    /// What it was to be given.
    let values: FormValues
    /// What is said of it until it is known what became of it.
    let text: String
    /// Whether it was found not done, and a try may send to it again.
    var isPutBack = false
  }

  /// All of them, as they were read last.
  private var targets: [Record]
  /// What a try may send to: not sent to yet, refused, or read to be as before.
  private var left: Set<Record.ID>
  /// Those that were gone when their turn came.
  private(set) var gone: [Record] = []
  /// What each was given that the service said yes to.
  private var saved: [Record.ID: FormValues] = [:]
  private var unresolved: [Unresolved] = []
  /// What became of the others in the last try.
  private var texts: [String] = []
  /// The one whose answer was lost in the last try.
  private var part: FormModel.UnresolvedPart?
  private let differs: (Record, FormValues) -> Bool

  /// - Parameter differs: whether a record isn't as the values would make it.
  init(_ targets: [Record], differs: @escaping (Record, FormValues) -> Bool) {
    self.targets = targets
    left = Set(targets.map(\.id))
    self.differs = differs
  }

  /// Whether anything was sent.
  var hasBegun: Bool { !saved.isEmpty || !unresolved.isEmpty }

  /// Those that a try may send to, once they were read again.
  var candidates: [Record] { targets.filter { left.contains($0.id) } }

  /// How many are as the values make them.
  func savedCount(_ values: FormValues) -> Int { targets.count { holds($0, values) } }

  /// Takes what was read of the candidates; those that were not found are gone.
  func reread(_ fresh: [Record.ID: Record]) {
    gone += candidates.filter { fresh[$0.id] == nil }
    left.formIntersection(fresh.keys)
    targets = targets.filter { target in !gone.contains { $0.id == target.id } }
      .map { left.contains($0.id) ? fresh[$0.id] ?? $0 : $0 }
  }

  /// Whether nothing is left to send, and what was sent is known to be done.
  ///
  /// - Parameter part: one that was found not done, and is about to be left.
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

  /// What became of the last try, what still isn't known of earlier ones first.
  var outcome: FormModel.Outcome {
    // What was found out before the try was over is said, too.
    let unknown = unresolved.filter { $0.change === part?.change || !$0.isPutBack && $0.change.resolution != .done }
    let outcomes = unknown.map { $0.change.resolution == nil ? $0.text : $0.change.text } + texts
    return .partly(left: [:], fields: [:], outcomes: outcomes, unresolved: part)
  }

  /// Begins a try.
  ///
  /// - Returns: those to send to.
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

import CloudAPI

/// How far an edit of several records is, over all tries of its form.
@MainActor
final class SeveralEdit<Record: Identifiable & Hashable & Sendable> where Record.ID: Sendable {
  /// A record whose answer was lost.
  private struct InDoubt {
    let target: Record
    let doubt: Doubt
    /// What it was to be given.
    let values: FormValues
    /// What is said of it until there is a verdict.
    let text: String
  }

  /// What a try may send to: not sent to yet, refused, or read to be as before.
  private var left: [Record]
  /// What each was given that the service said yes to.
  private var saved: [Record.ID: FormValues] = [:]
  private var inDoubt: [InDoubt] = []
  /// What became of the others in the last try.
  private var texts: [String] = []
  /// The one whose answer was lost in the last try.
  private var part: FormModel.PartInDoubt?
  private let differs: (Record, FormValues) -> Bool

  /// - Parameter differs: whether a record, as it was when the form was opened, isn't as the values would make it.
  init(_ targets: [Record], differs: @escaping (Record, FormValues) -> Bool) {
    left = targets
    self.differs = differs
  }

  /// Whether anything was sent.
  var hasBegun: Bool { !saved.isEmpty || !inDoubt.isEmpty }

  /// Whether nothing is left to send, and what was sent is known to be done.
  func isSettled(with values: FormValues) -> Bool {
    !left.contains { differs($0, values) }
      && inDoubt.allSatisfy { $0.doubt.verdict == .done || $0.doubt.verdict == .notDone }
  }

  /// Whether a record is as the values make it.
  func holds(_ record: Record, _ values: FormValues) -> Bool {
    let wasDone = inDoubt.last { $0.target.id == record.id && $0.doubt.verdict == .done }
    return (saved[record.id] ?? wasDone?.values).map { $0 == values } ?? !differs(record, values)
  }

  /// What became of the last try, what still isn't known of earlier ones first.
  var outcome: FormModel.Outcome {
    let unknown = inDoubt.filter { $0.doubt.verdict != .done && $0.doubt.verdict != .notDone }
    let outcomes = unknown.map { $0.doubt.verdict == nil ? $0.text : $0.doubt.text } + texts
    return .partly(left: [:], fields: [:], outcomes: outcomes, doubt: part)
  }

  /// Begins a try.
  ///
  /// - Returns: those to send to.
  func begin(with values: FormValues) -> [Record] {
    let pending = left.filter { differs($0, values) }
    left.removeAll { differs($0, values) }
    texts = []
    part = nil
    return pending
  }

  func wasSaved(_ target: Record, with values: FormValues, saying text: String) {
    saved[target.id] = values
    texts.append(text)
  }

  func wasRefused(_ target: Record, saying text: String) {
    left.append(target)
    texts.append(text)
  }

  func isInDoubt(_ target: Record, _ doubt: Doubt, with values: FormValues, saying text: String) {
    inDoubt.append(InDoubt(target: target, doubt: doubt, values: values, text: text))
    part = FormModel.PartInDoubt(
      doubt: doubt, isLast: { [self] in isSettled(with: $0) },
      puttingBack: { [self] values in
        left.append(target)
        return values
      }, outcome: text)
  }
}

import CloudAPI
import CloudChanges

/// Reading the records and the consequences before the question can be confirmed.
extension QuestionModel {
  /// The most consequences that are read at once.
  private static var readsAtOnce: Int { 4 }

  func read() {
    reading.append(context.activity.run { [weak self] in await self?.reread() })
    let open = items.indices.flatMap { item in
      items[item].consequences.indices.filter { items[item].consequences[$0] == nil }.map { (item, $0) }
    }
    for worker in 0..<min(Self.readsAtOnce, open.count) {
      reading.append(
        context.activity.run { [weak self] in
          for index in stride(from: worker, to: open.count, by: Self.readsAtOnce) {
            guard !Task.isCancelled else { return }
            await self?.readConsequence(open[index].1, of: open[index].0)
          }
        })
    }
    restartDeadline()
  }

  private func readConsequence(_ index: Int, of item: Int) async {
    let change = changes[item]
    let consequence = definition.question.consequences(of: change)[index]
    let finding = await Review(context.client).finding(
      of: consequence, change, among: changes, others: definition.others)
    guard !Task.isCancelled else { return }
    items[item].consequences[index] = finding
    restartDeadline()
    settleReading()
  }

  private func reread() async {
    let review = await Review(context.client, cloudsAtOnce: context.cloudsAtOnce).read(changes, at: context.now())
    guard !Task.isCancelled else { return }
    self.review = review
    if isAcrossClouds { takeEach(review) } else { take(review) }
    context.activity.changed()
  }

  private func take(_ review: Reviewed) {
    let fresh: [Snapshot?]
    do throws(CloudAPIError) {
      fresh = try review.records()
    } catch {
      let what = isAlone ? "It" : "They"
      phase = .refused("\(what) could not be re-read, so nothing was done. \(error.sentence)")
      return
    }
    var isUnchanged = true
    for (index, (change, now)) in zip(changes, fresh).enumerated() {
      guard let text = staleText(change, now) else { continue }
      items[index].state = .changed(text)
      isUnchanged = false
    }
    guard isUnchanged else {
      definition.onReread(fresh)
      phase = .refused(refusal)
      return
    }
    wasReviewed(review)
  }

  private func wasReviewed(_ review: Reviewed) {
    reviewed = context.now()
    let asked = sendable
    lastAdmins = LastAdmins.found(in: asked.map { changes[$0] }, admins: review.admins).map { $0.at(asked) }
    describeSent()
    settleReading()
  }

  /// Takes over what was found out about changes in several clouds, each for itself.
  private func takeEach(_ review: Reviewed) {
    var effects: [Effect] = []
    for (index, finding) in review.findings.enumerated() where items[index].state == .asked {
      let change = changes[index]
      switch finding {
      case .unread(let error):
        items[index].state = .refused("It could not be re-read, so nothing is sent. \(error.sentence)")
      case .already(let text): items[index].state = .already("\(text).")
      case .none where change.before == nil: break
      case .none:
        items[index].state = .gone
        effects += Effect(change.target, .gone).withMembership
      case .now(let record): take(record, of: index)
      }
    }
    if !effects.isEmpty { context.changes.onEffects(effects) }
    guard !sendable.isEmpty else {
      let isFailed = items.contains { if case .refused = $0.state { true } else { $0.isUnknown } }
      phase = .refused(isFailed ? "Nothing can be sent." : "Nothing is left to do.")
      deadline?.cancel()
      return
    }
    wasReviewed(review)
  }

  private func take(_ record: Snapshot, of index: Int) {
    let change = changes[index]
    if let text = change.already(record) {
      items[index].state = .already(text)
    } else if let difference = staleText(change, record) {
      items[index].difference = difference
      changes[index] = change.with(before: record)
      items[index].consequences = definition.question.consequences(of: changes[index]).map(\.known)
    }
  }

  /// How a record differs from what was shown; `nil` if it doesn't.
  func staleText(_ change: Change, _ now: Snapshot?) -> String? {
    guard let now else { return "it is already gone" }
    guard let before = change.before, !change.isUnaffected(by: before, now) else { return nil }
    return definition.difference(before, now)
  }

  private var refusal: String {
    guard isAlone, case .changed(let text) = items[0].state else {
      let count = items.count { if case .changed = $0.state { true } else { false } }
      return "\(count) of \(items.count) changed since they were shown: nothing was done. Check them first."
    }
    if text == "it is already gone" { return "It is already gone." }
    return "It changed since it was shown: \(text). Check it first."
  }

  /// Limits the wait for consequences: after 5 s without a response, the missing ones are said to be unknown.
  private func restartDeadline() {
    deadline?.cancel()
    guard items.contains(where: { $0.consequences.contains(nil) }) else { return }
    deadline = context.activity.run(after: .seconds(5), on: context.clock) { [weak self] in self?.deadlinePassed() }
  }

  private func deadlinePassed() {
    for item in items.indices {
      let all = definition.question.consequences(of: changes[item])
      for index in all.indices where items[item].consequences[index] == nil {
        items[item].consequences[index] = all[index].unread(because: "is not known: no response yet")
      }
    }
    for task in reading.dropFirst() { task.cancel() }
    settleReading()
  }

  private func settleReading() {
    if case .reading = phase, reviewed != nil, !items.contains(where: { $0.consequences.contains(nil) }) {
      phase = .ready
      deadline?.cancel()
    }
    context.activity.changed()
  }
}

import CloudAPI
public import CloudChanges

extension QuestionModel {
  /// Asks whether to change people's access to several clouds: to remove users and withdraw their invitations, to give
  /// roles, to invite. The changes may be of these kinds in any mixture; title, list and facts are made from them.
  ///
  /// The clouds are read again side by side before the question can be confirmed, each with one request where one is
  /// enough. What is gone meanwhile, has the role already, or is a member or invited already is shown so and left out.
  /// More than ten changes, those on a labelled service and those of the user's own access are confirmed by typing
  /// ``wanted``. More than 1,000 are sent in parts.
  ///
  /// Once it is settled, ``again()`` asks about what failed or was not sent.
  ///
  /// - Parameters:
  ///   - changes: changes of users and invitations. Each has its record as `before`, except a new invitation, and the
  ///     name of its cloud among its names. Those of a cloud are shown together.
  ///   - gap: what the changes may not include, because it isn't known; `nil` if everything is.
  ///   - onOutcome: called with each change that was sent or held back, and its outcome.
  /// - Returns: `nil` if there are no changes, or if the service is read-only.
  public static func acrossClouds(
    _ changes: [Change], context: ModelContext, gap: String? = nil,
    onOutcome: @escaping @MainActor (Change, Outcome) -> Void = { _, _ in }
  ) -> QuestionModel? {
    let clouds = Dictionary(grouping: changes.indices) { changes[$0].target.cloud }
    let ordered = clouds.values.sorted { $0[0] < $1[0] }.joined().map { changes[$0] }
    guard !context.service.isReadOnly, let question = ChangeQuestion(ordered, acrossClouds: true) else { return nil }
    let isTyped =
      ordered.count > confirmedByY || context.service.label != nil
      || ordered.contains { $0.isAboutUser(at: context.service.me) }
    // A removal is safe after any outstanding change: nothing remains of the record.
    let others = ordered.filter { $0.action != .remove && !context.changes.outstanding.isUnanswered($0) }
    let definition = Definition(
      question: question, typed: isTyped ? question.typed : nil,
      warning: context.changes.outstanding.obstacle(to: others)?.text, gap: gap, others: { [] },
      difference: { $0.difference(to: $1) { "user \($0)" } }, onReread: { _ in }, onOutcome: onOutcome,
      finish: { _ in false })
    return QuestionModel(definition, context: context)
  }

  /// The number of changes that failed or were not sent, and that ``again()`` asks about.
  public var leftCount: Int { left.count }

  /// Asks about the changes that failed or were not sent, without those that are done or may be. Everything is read
  /// again for it.
  ///
  /// - Returns: `nil` if there are none, or if this question isn't settled.
  public func again() -> QuestionModel? {
    Self.acrossClouds(left.map { changes[$0] }, context: context, onOutcome: definition.onOutcome)
  }

  private var left: [Int] {
    switch phase {
    case .settled, .refused: break
    case .reading, .ready, .acting, .done: return []
    }
    guard isAcrossClouds else { return [] }
    return items.indices.filter { index in
      switch items[index].state {
      case .asked, .changed, .refused, .notDone, .unsent, .leftOut: true
      case .sending, .done, .gone, .already, .unknown: false
      }
    }
  }
}

import CloudAPI
import FoundationEssentials

/// A question whether to do something to one record, pinned to its id: delete it, send it again.
///
/// The record is read again before anything can be confirmed; where it changed since it was drawn, nothing is done.
@MainActor
public final class ConfirmationModel {
  /// How far the question is.
  public enum Phase: Hashable, Sendable {
    /// The record and what follows are being read.
    case reading(since: Date)
    /// It can be confirmed.
    case ready
    /// It can't be confirmed, and why.
    case refused(String)
    case acting(since: Date)
    /// The service was asked and the answer was not yes; the text says what that means.
    case failed(String)
    /// Done: the dialog closes.
    case done
  }

  /// What a question is about.
  public struct Definition {
    /// `Delete Haussmann Tower?`
    public var title: String
    /// What confirming does: `delete`, `send`.
    public var verb: String
    /// Whether something is lost by it.
    public var isDestructive: Bool
    public var preface: String
    /// What to type to confirm it, on a screen that can show it; `nil` where `y` does.
    public var typed: TypedText?
    /// What to type on one that can't.
    public var typedElsewhere: TypedText?
    /// Reads the record again: `nil` where it is as it was drawn, else why nothing can be done.
    public var reread: @MainActor () async -> String?
    /// What follows from it, each read on its own.
    public var consequences: [@MainActor () async -> String]
    /// Does it: `nil` where that is done, else what to say.
    public var act: @MainActor () async -> ActProblem?
  }

  public let definition: Definition
  /// What to type to confirm it; `nil` where `y` does.
  public private(set) var wanted: TypedText?
  public private(set) var phase: Phase
  /// What follows; `nil` while it is read, `?` in it where it can't be.
  public private(set) var consequences: [String?]
  /// What was typed so far.
  public var typed = ""

  private let context: ModelContext
  private var reading: Task<Void, Never>?
  private var patience: Task<Void, Never>?
  private var isUnchanged = false

  public init(_ definition: Definition, context: ModelContext) {
    self.definition = definition
    wanted = definition.typed
    self.context = context
    phase = .reading(since: context.now())
    consequences = Array(repeating: nil, count: definition.consequences.count)
    read()
  }

  /// Whether confirming now would do it.
  public var canConfirm: Bool { phase == .ready && wanted.isMet(by: typed) }

  /// Asks for something else where the screen can't show what is to be typed: nobody types what they can't see.
  ///
  /// - Parameter isShown: whether a text is on the screen as it is.
  public func ask(whereShown isShown: (String) -> Bool) {
    if let asked = definition.typed { wanted = isShown(asked.text) ? asked : definition.typedElsewhere ?? asked }
  }

  /// Does it, once.
  public func confirm() {
    guard canConfirm else { return }
    phase = .acting(since: context.now())
    context.activity.changed()
    context.activity.run { [self] in
      let problem = await definition.act()
      phase = problem.map { .failed($0.text) } ?? .done
      problem?.doubt?.onVerdict = { [weak self, doubt = problem?.doubt] verdict in
        self?.phase = verdict == .done ? .done : .failed(doubt?.text ?? "")
      }
      context.activity.changed()
    }
  }

  /// Says that nothing was done, because what was typed is something else.
  public func sayNotDone() {
    if let wanted { context.notices.say(.information, wanted.notDone) }
  }

  /// The person went away. Reading ends; what was confirmed is not stopped, and its outcome becomes a notice.
  public func leave() {
    reading?.cancel()
    patience?.cancel()
  }

  private func read() {
    let target = context.activity.run { [weak self] in
      guard let problem = await self?.definition.reread() else {
        self?.isUnchanged = true
        self?.settleReading()
        return
      }
      guard !Task.isCancelled else { return }
      self?.phase = .refused(problem)
      self?.context.activity.changed()
    }
    let reads = definition.consequences.enumerated().map { index, read in
      context.activity.run { [weak self] in
        let text = await read()
        guard !Task.isCancelled else { return }
        self?.consequences[index] = text
        self?.settleReading()
      }
    }
    reading = Task {
      await withTaskCancellationHandler {
        await target.value
        for read in reads { await read.value }
      } onCancel: {
        target.cancel()
        for read in reads { read.cancel() }
      }
    }
    // What can't be read must not keep a person from acting: it becomes a question mark.
    patience = context.activity.run(after: .seconds(5), on: context.clock) { [weak self] in
      guard let self else { return }
      for index in self.consequences.indices where self.consequences[index] == nil {
        self.consequences[index] = "? (not answered yet)"
      }
      for read in reads { read.cancel() }
      settleReading()
    }
  }

  private func settleReading() {
    if case .reading = phase, isUnchanged, consequences.allSatisfy({ $0 != nil }) {
      phase = .ready
      patience?.cancel()
    }
    context.activity.changed()
  }
}

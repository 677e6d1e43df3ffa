import CloudChanges

extension FormModel {
  /// What became of what was sent.
  public enum Outcome: Sendable {
    /// Accepted; the notice says what happened.
    case done(String)
    /// Nothing was changed, so nothing was sent.
    case unchanged
    /// Not accepted: messages by field, and about none of them.
    case refused(fields: [String: String], other: String?)
    /// Accepted in part: what is left to send, what is wrong with it, what became of each, and of which one nobody knows
    /// what did.
    case partly(left: FormValues, fields: [String: String], outcomes: [String], unresolved: UnresolvedPart? = nil)
    /// Nobody knows, until it is read again.
    case unknown(UnresolvedChange)
  }

  /// The part of what was sent whose answer was lost.
  public struct UnresolvedPart: Sendable {
    let change: UnresolvedChange
    /// Whether nothing is left to send of a form with those values.
    let isLast: @MainActor (FormValues) -> Bool
    /// Makes that part one of those that the form sends; the values with it in them, too.
    let puttingBack: @MainActor (FormValues) -> FormValues
    /// Takes everything else out of the values: it was accepted.
    var withoutRest: @MainActor (FormValues) -> FormValues = { $0 }
    /// What stands of it among the outcomes until then.
    let outcome: String
  }

  /// What a form is made of.
  public struct Definition {
    /// The dialog's title.
    public var title: String
    /// Which records it is about, where the title doesn't name them.
    public var preface = ""
    /// What Enter does: `send`, `create`, `save`.
    public var verb: String
    public var fields: [FormField]
    public var values: FormValues
    /// Whether leaving stops what is sent, which is nothing but reading.
    public var stopsWhenLeft: Bool
    /// What the form makes or changes, by which what wasn't accepted is found again; `nil` where nothing of it is kept. It is
    /// asked for when that is kept: of several records, some may be done by then.
    public var purpose: @MainActor () -> Set<ChangeTarget>?
    /// What the API would refuse, by field.
    public var check: @MainActor (FormValues) -> [String: String]
    /// What to know about what was entered, by field.
    public var remarks: @MainActor (FormValues) -> [String: String]
    /// What sending writes, given all values and the changed ones: none of it goes out a second time without a word.
    var changes: @MainActor (FormValues, FormValues) -> [Change] = { _, _ in [] }
    /// Sends all values; the second argument holds the changed ones alone, the third takes how far it is.
    public var send: @MainActor (FormValues, FormValues, @escaping @MainActor (String) -> Void) async -> Outcome

    public init(
      title: String, verb: String, fields: [FormField], values: FormValues = [:], stopsWhenLeft: Bool = false,
      purpose: @autoclosure @escaping @MainActor () -> Set<ChangeTarget>? = nil,
      check: @escaping @MainActor (FormValues) -> [String: String] = { _ in [:] },
      remarks: @escaping @MainActor (FormValues) -> [String: String] = { _ in [:] },
      send: @escaping @MainActor (FormValues, FormValues, @escaping @MainActor (String) -> Void) async -> Outcome
    ) {
      self.title = title
      self.verb = verb
      self.fields = fields
      self.values = values
      self.stopsWhenLeft = stopsWhenLeft
      self.purpose = purpose
      self.check = check
      self.remarks = remarks
      self.send = send
    }
  }
}

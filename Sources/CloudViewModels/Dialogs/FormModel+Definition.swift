import CloudChanges

extension FormModel {
  /// The outcome of sending.
  public enum Outcome: Sendable {
    /// Accepted; the notice says what happened.
    case done(String)
    /// Nothing was changed, so nothing was sent.
    case unchanged
    /// A question about what to send is open now, in place of the form.
    case asked
    /// Refused: messages by field, and a message about the whole form.
    case refused(fields: [String: String], other: String?)
    /// Accepted in part: the values left to send, their problems by field, the outcome of each part, and the part whose
    /// outcome is unknown.
    case partly(
      left: FormValues, fields: [String: String], outcomes: [String], unresolved: UnresolvedPart? = nil,
      unconfirmed: Confirmation? = nil)
    /// Nothing was sent: the user must type something first.
    case unconfirmed(Confirmation)
    /// The outcome is unknown until the record is read again.
    case unknown(UnresolvedChange)
  }

  /// What the user types before the form is sent, beside its fields.
  public struct Confirmation: Sendable {
    /// Why, as a sentence.
    let reason: String
    let text: String
    /// What the text is: `the words`.
    let title: String
    /// Called when it was typed.
    let onTyped: @MainActor () -> Void

    /// The last admin of a cloud is to get another role.
    static func lastAdmin(_ found: LastAdmins, onTyped: @escaping @MainActor () -> Void) -> Confirmation {
      Confirmation(reason: "\(found.text).", text: LastAdmins.words, title: "the words", onTyped: onTyped)
    }

    /// The user's own role is to be changed.
    static func ownAccess(_ address: String, onTyped: @escaping @MainActor () -> Void) -> Confirmation {
      Confirmation(reason: "This is your own access.", text: address, title: "the e-mail", onTyped: onTyped)
    }

    var field: FormField {
      FormField(id: Self.fieldID, label: "Confirm", hint: "\(reason) Type \(text) to save it.")
    }

    /// What is said after another text.
    var correction: String { "Not sent: this is not \(title). \(field.hint)" }

    static let fieldID = "confirmation"
  }

  /// The part of the sent values whose response was lost.
  public struct UnresolvedPart: Sendable {
    let change: UnresolvedChange
    /// Whether a form with these values has nothing left to send.
    let isLast: @MainActor (FormValues) -> Bool
    /// Adds the part to what the form sends again; returns the values including it.
    let puttingBack: @MainActor (FormValues) -> FormValues
    /// Takes everything else out of the values: it was accepted.
    var withoutRest: @MainActor (FormValues) -> FormValues = { $0 }
    /// The entry of the part among the outcomes until it is resolved.
    let outcome: String
  }

  /// The description of a form.
  public struct Definition {
    /// The dialog's title.
    public var title: String
    /// The names of the records, if the title doesn't contain them.
    public var preface = ""
    /// The name of the action of Enter: `send`, `create`, `save`.
    public var verb: String
    public var fields: [FormField]
    public var values: FormValues
    /// Whether closing the form cancels the requests, because they only read.
    public var stopsWhenLeft: Bool
    /// The targets of the form, the key under which refused values are kept; `nil` to keep none. Evaluated when the
    /// values are kept: some of several records may be done by then.
    public var purpose: @MainActor () -> Set<ChangeTarget>?
    /// Validates the values: a message for each field that the API would refuse.
    public var check: @MainActor (FormValues) -> [String: String]
    /// Remarks about the values, by field.
    public var remarks: @MainActor (FormValues) -> [String: String]
    /// The changes that sending makes, given all values and the changed ones; the user confirms before one is sent
    /// again.
    var changes: @MainActor (FormValues, FormValues) -> [Change] = { _, _ in [] }
    /// What must be typed before these changes are sent; `nil` if nothing must.
    var confirmation: @MainActor ([Change]) -> Confirmation? = { _ in nil }
    /// Sends the form. The arguments are all values, the changed values, and a closure that receives the progress.
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

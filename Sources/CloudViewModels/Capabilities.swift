import CloudAPI

/// How a record is made.
public struct Creation<Record: Identifiable & Hashable & Sendable, Scope: ResourceScope>: Sendable
where Record.ID == Identifier<Record> {
  /// The form's fields, given the records that are there.
  public let fields: @Sendable (RecordList<Record>) -> [FormField]
  /// What the API would refuse, by field.
  public let check: @Sendable (FormValues) -> [String: String]
  public let create: @Sendable (CloudAPIClient, Scope, FormValues) async throws(CloudAPIError) -> Record
  /// Who made a record; `nil` where the service doesn't tell.
  public let author: @Sendable (Record) -> Author?

  public init(
    fields: @escaping @Sendable (RecordList<Record>) -> [FormField],
    check: @escaping @Sendable (FormValues) -> [String: String],
    author: @escaping @Sendable (Record) -> Author? = { _ in nil },
    create: @escaping @Sendable (CloudAPIClient, Scope, FormValues) async throws(CloudAPIError) -> Record
  ) {
    self.author = author
    self.fields = fields
    self.check = check
    self.create = create
  }
}

/// How a record is changed in a form: only what was changed is sent.
public struct Editing<Record: Identifiable & Hashable & Sendable, Scope: ResourceScope>: Sendable
where Record.ID == Identifier<Record> {
  public let fields: @Sendable (Record, RecordList<Record>) -> [FormField]
  public let values: @Sendable (Record) -> FormValues
  public let check: @Sendable (FormValues) -> [String: String]
  /// Sends the changed values alone.
  public let patch: @Sendable (CloudAPIClient, Scope, Record.ID, FormValues) async throws(CloudAPIError) -> Record
  /// The fields that several records can be given the same value for; `nil` where one is edited at a time.
  public let several: (@Sendable ([Record]) -> [FormField])?

  public init(
    fields: @escaping @Sendable (Record, RecordList<Record>) -> [FormField],
    values: @escaping @Sendable (Record) -> FormValues,
    check: @escaping @Sendable (FormValues) -> [String: String],
    patch: @escaping @Sendable (CloudAPIClient, Scope, Record.ID, FormValues) async throws(CloudAPIError) -> Record,
    several: (@Sendable ([Record]) -> [FormField])? = nil
  ) {
    self.several = several
    self.fields = fields
    self.values = values
    self.check = check
    self.patch = patch
  }
}

/// How a record is removed, and what a person must know before it is.
public struct Removal<Record: Identifiable & Hashable & Sendable, Scope: ResourceScope>: Sendable
where Record.ID == Identifier<Record> {
  /// How a person confirms it.
  public enum Confirmation: Hashable, Sendable {
    /// `y`.
    case yes
    /// What the record is called, typed.
    case typedName
  }

  /// The question: `Remove Ada Lovelace from Haussmann Tower?`
  public let question: @Sendable (Record, Scope) -> String
  /// What confirming does: `delete`, `remove`, `withdraw`.
  public let verb: String
  /// What to say when it is done: `Removed Ada Lovelace.`
  public let done: @Sendable (Record) -> String
  /// On a labelled service every removal is confirmed by typing.
  public let confirmation: Confirmation
  /// What to type, where a person can: the text that tells the record best among those on the screen.
  public let typedText: @Sendable (Record) -> TypedText
  /// What is said before the losses.
  public let preface: String
  /// What goes with the record, each read on its own.
  public let losses: [@Sendable (CloudAPIClient, Scope, Record, RecordList<Record>) async -> String]
  public let remove: @Sendable (CloudAPIClient, Scope, Record.ID) async throws(CloudAPIError) -> Void
  /// What is said where several are removed in one go.
  public let several: SeveralText<Record, Scope>

  public init(
    question: @escaping @Sendable (Record, Scope) -> String, verb: String,
    done: @escaping @Sendable (Record) -> String, confirmation: Confirmation,
    typedText: @escaping @Sendable (Record) -> TypedText, preface: String,
    losses: [@Sendable (CloudAPIClient, Scope, Record, RecordList<Record>) async -> String] = [],
    several: SeveralText<Record, Scope>,
    remove: @escaping @Sendable (CloudAPIClient, Scope, Record.ID) async throws(CloudAPIError) -> Void
  ) {
    self.several = several
    self.question = question
    self.verb = verb
    self.done = done
    self.confirmation = confirmation
    self.typedText = typedText
    self.preface = preface
    self.losses = losses
    self.remove = remove
  }
}

/// Something done to one record after a question that names it: an invitation sent again, a demo project made.
public struct RecordAction<Record: Identifiable & Hashable & Sendable, Scope: ResourceScope>: Sendable
where Record.ID == Identifier<Record> {
  /// The dialog's title: `Send the invitation of ada@atelier.example again?`
  public let title: @Sendable (Record) -> String
  /// What confirming does: `send`.
  public let verb: String
  public let preface: String
  public let consequences: @Sendable (Record) -> [String]
  /// Does it; the answer is what to say of it.
  public let perform: @Sendable (CloudAPIClient, Scope, Record) async throws(CloudAPIError) -> String
  /// What is said where it is done to several in one go; `nil` where it is done to one at a time.
  public let several: SeveralText<Record, Scope>?

  public init(
    title: @escaping @Sendable (Record) -> String, verb: String, preface: String,
    consequences: @escaping @Sendable (Record) -> [String], several: SeveralText<Record, Scope>? = nil,
    perform: @escaping @Sendable (CloudAPIClient, Scope, Record) async throws(CloudAPIError) -> String
  ) {
    self.title = title
    self.verb = verb
    self.preface = preface
    self.consequences = consequences
    self.perform = perform
    self.several = several
  }
}

/// The fields that PUT takes, as JSON that a person edits.
public struct RecordDocument<Record: Identifiable & Hashable & Sendable, Scope: ResourceScope>: Sendable
where Record.ID == Identifier<Record> {
  /// The JSON of the fields that PUT takes, several lines.
  public let json: @Sendable (Record) -> String
  /// Reads edited JSON; the answer sends it, `nil` where it says what the record is already. The error says what is
  /// wrong, with the line where it can.
  public let replacement: @Sendable (String, Record) throws(DocumentError) -> Replacement?

  public typealias Replacement =
    @Sendable (CloudAPIClient, Scope, Record.ID) async throws(CloudAPIError) -> Record

  public init(
    json: @escaping @Sendable (Record) -> String,
    replacement: @escaping @Sendable (String, Record) throws(DocumentError) -> Replacement?
  ) {
    self.json = json
    self.replacement = replacement
  }
}

/// Why edited JSON can't be sent.
public struct DocumentError: Error, Hashable, Sendable {
  public let message: String

  public init(_ message: String) {
    self.message = message
  }
}

import CloudAPI
import CloudChanges

/// How a record is made.
public struct Creation<Record: ServiceRecord, Scope: ResourceScope>: Sendable {
  /// The form's fields, given the records that are there.
  public let fields: @Sendable (RecordList<Record>) -> [FormField]
  /// What the API would refuse, by field.
  public let check: @Sendable (FormValues) -> [String: String]
  /// What makes it.
  public let call: @Sendable (Scope, FormValues) -> Call

  public init(
    fields: @escaping @Sendable (RecordList<Record>) -> [FormField],
    check: @escaping @Sendable (FormValues) -> [String: String],
    call: @escaping @Sendable (Scope, FormValues) -> Call
  ) {
    self.fields = fields
    self.check = check
    self.call = call
  }
}

/// How a record is changed in a form: only what was changed is sent.
public struct Editing<Record: ServiceRecord, Scope: ResourceScope>: Sendable {
  public let fields: @Sendable (Record, RecordList<Record>) -> [FormField]
  public let values: @Sendable (Record) -> FormValues
  public let check: @Sendable (FormValues) -> [String: String]
  /// What sets the changed values alone.
  public let call: @Sendable (Scope, Record.ID, FormValues) -> Call
  /// The fields that several records can be given the same value for; `nil` where one is edited at a time.
  public let several: (@Sendable ([Record]) -> [FormField])?

  public init(
    fields: @escaping @Sendable (Record, RecordList<Record>) -> [FormField],
    values: @escaping @Sendable (Record) -> FormValues,
    check: @escaping @Sendable (FormValues) -> [String: String],
    call: @escaping @Sendable (Scope, Record.ID, FormValues) -> Call,
    several: (@Sendable ([Record]) -> [FormField])? = nil
  ) {
    self.several = several
    self.fields = fields
    self.values = values
    self.check = check
    self.call = call
  }
}

/// The fields that PUT takes, as JSON that a person edits.
public struct RecordDocument<Record: ServiceRecord, Scope: ResourceScope>: Sendable {
  /// The JSON of the fields that PUT takes, several lines.
  public let json: @Sendable (Record) -> String
  /// Reads edited JSON: what sends it, `nil` where it says what the record is already. The error says what is
  /// wrong, with the line where it can.
  public let replacement: @Sendable (String, Record, Scope) throws(DocumentError) -> Call?

  public init(
    json: @escaping @Sendable (Record) -> String,
    replacement: @escaping @Sendable (String, Record, Scope) throws(DocumentError) -> Call?
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

import CloudAPI
import CloudChanges

/// How a record is created.
public struct Creation<Record: TableRecord, Scope: ResourceScope>: Sendable {
  /// The form's fields, given the existing records.
  public let fields: @Sendable (RecordList<Record>) -> [FormField]
  /// Validates the values: a message for each field that the API would refuse.
  public let check: @Sendable (FormValues) -> [String: String]
  /// The call that creates the record.
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

/// How a record is edited in a form: only changed values are sent.
public struct Editing<Record: TableRecord, Scope: ResourceScope>: Sendable {
  public let fields: @Sendable (Record, RecordList<Record>) -> [FormField]
  public let values: @Sendable (Record) -> FormValues
  public let check: @Sendable (FormValues) -> [String: String]
  /// The call that sets only the changed values.
  public let call: @Sendable (Scope, Record.ID, FormValues) -> Call
  /// The fields that can be set for several records at once; `nil` if records are edited one at a time.
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

/// The fields that PUT takes, as JSON that the user edits.
public struct RecordDocument<Record: TableRecord, Scope: ResourceScope>: Sendable {
  /// Formats the fields that PUT takes as JSON on several lines.
  public let json: @Sendable (Record) -> String
  /// Reads edited JSON and returns the call that sends it; `nil` if it equals the record. The error says what is wrong,
  /// with the line if it is known.
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

import CloudAPI

/// What is said where something is done to several records in one go.
public struct SeveralText<Record: Identifiable & Hashable & Sendable, Scope: ResourceScope>: Sendable
where Record.ID == Identifier<Record> {
  /// What is lost or told of one record, in its line of the question.
  public typealias Detail = @Sendable (CloudAPIClient, Scope, Record, RecordList<Record>) async -> String

  /// The question, given their number in words: `Remove 3 users from Haussmann Tower?`
  public let question: @Sendable (String, Scope) -> String
  /// What is said before the list of them.
  public let preface: String
  /// What is said beside each of them, each read on its own.
  public let details: [Detail]
  /// How it is said that it was done, given their number in words: `Removed 2 of 3 users`
  public let done: @Sendable (String) -> String

  public init(
    question: @escaping @Sendable (String, Scope) -> String, preface: String, details: [Detail] = [],
    done: @escaping @Sendable (String) -> String
  ) {
    self.question = question
    self.preface = preface
    self.details = details
    self.done = done
  }
}

import CloudAPI

/// How what a person sees and does is written as skydeck commands, for "copy as command".
public struct ResourceCommands<Record: Identifiable & Hashable & Sendable, Scope: ResourceScope>: Sendable
where Record.ID == Identifier<Record> {
  /// Shows a record, or the list where there is none.
  public let show: @Sendable (Scope, Record?) -> CommandLineText
  /// Makes what the service answered with.
  public let create: (@Sendable (Scope, Record) -> CommandLineText)?
  /// Changes the fields of those names to what the service answered with.
  public let update: (@Sendable (Scope, Record, Set<String>) -> CommandLineText)?
  /// Replaces the record by what the service answered with.
  public let replace: (@Sendable (Scope, Record) -> CommandLineText)?
  public let remove: @Sendable (Scope, Record) -> CommandLineText
  public let actions: [RecordIntent: @Sendable (Scope, Record) -> CommandLineText]

  public init(
    show: @escaping @Sendable (Scope, Record?) -> CommandLineText,
    create: (@Sendable (Scope, Record) -> CommandLineText)? = nil,
    update: (@Sendable (Scope, Record, Set<String>) -> CommandLineText)? = nil,
    replace: (@Sendable (Scope, Record) -> CommandLineText)? = nil,
    remove: @escaping @Sendable (Scope, Record) -> CommandLineText,
    actions: [RecordIntent: @Sendable (Scope, Record) -> CommandLineText] = [:]
  ) {
    self.show = show
    self.create = create
    self.update = update
    self.replace = replace
    self.remove = remove
    self.actions = actions
  }
}

import CloudAPI
import CloudChanges

/// What the records of a list belong to.
public protocol ResourceScope: Hashable, Sendable {
  /// The cloud that they are in; `nil` for the clouds themselves.
  var cloud: CloudReference? { get }
}

/// Everything the product knows about one kind of record: its columns, its forms and what can be done with it.
///
/// A list pane, a form, a dialog and a command are all made from this one description; what a resource can't do is
/// `nil`, with the reason in `refusals`.
public struct Resource<Record: ServiceRecord, Scope: ResourceScope>: Sendable {
  public let names: ResourceNames
  public let columns: [Column<Record>]
  /// How the list is ordered until the person says otherwise; `nil` for the API's order or the graph's.
  public let order: RowOrder?
  /// What a person calls a record: its name, or the next best.
  public let title: @Sendable (Record) -> String
  /// How its records are kept in lists; `nil` for as they are.
  public let packing: RecordPacking<Record>?
  /// Of its records, the fields that can't be read as they should.
  public let oddFields: OddFields<Record>?
  /// What the filter looks at.
  public let searchTexts: @Sendable (Record) -> [String]
  /// Every field of the record, as its own screen shows it.
  public let details: @Sendable (Record, RowContext<Record>) -> [DetailField]
  /// The records that this one hangs under, where the list is a graph.
  public let parents: (@Sendable (Record) -> [Record.ID])?

  /// Reads the list and hands over its records while they arrive, in the API's order.
  public let list: Reading
  public let creation: Creation<Record, Scope>?
  public let editing: Editing<Record, Scope>?
  public let document: RecordDocument<Record, Scope>?
  /// What can be sent for a record after a question, in the edition that is known.
  public let calls: [RecordIntent: @Sendable (Scope, Record, Edition?) -> Call]
  /// The shell's command that shows a record, or the list where there is none.
  public let show: @Sendable (Scope, Record?) -> CommandLineText
  /// Why a person can't do what this resource can't: by intent, with what to do instead. A command's name in braces
  /// stands for its key, here and in `emptyText`.
  public let refusals: [RecordIntent: String]
  /// Said where the list is empty.
  public let emptyText: String

  /// What is given to it is called with the records of each part that arrived, away from the main actor.
  public typealias Reading =
    @Sendable (CloudReader, Scope, @escaping @Sendable ([Record]) -> Void) async throws(CloudAPIError) -> Void

  public init(
    names: ResourceNames, columns: [Column<Record>], order: RowOrder? = nil,
    packing: RecordPacking<Record>? = nil, oddFields: OddFields<Record>? = nil,
    title: @escaping @Sendable (Record) -> String, searchTexts: @escaping @Sendable (Record) -> [String],
    details: @escaping @Sendable (Record, RowContext<Record>) -> [DetailField],
    parents: (@Sendable (Record) -> [Record.ID])? = nil,
    list: @escaping Reading,
    creation: Creation<Record, Scope>? = nil, editing: Editing<Record, Scope>? = nil,
    document: RecordDocument<Record, Scope>? = nil,
    calls: [RecordIntent: @Sendable (Scope, Record, Edition?) -> Call] = [:],
    show: @escaping @Sendable (Scope, Record?) -> CommandLineText,
    refusals: [RecordIntent: String] = [:], emptyText: String
  ) {
    self.names = names
    self.columns = columns
    self.order = order
    self.title = title
    self.packing = packing
    self.oddFields = oddFields
    self.searchTexts = searchTexts
    self.details = details
    self.parents = parents
    self.list = list
    self.creation = creation
    self.editing = editing
    self.document = document
    self.calls = calls
    self.show = show
    self.refusals = refusals
    self.emptyText = emptyText
  }
}

/// What a resource is called.
public struct ResourceNames: Hashable, Sendable {
  /// `cloud`.
  public let singular: String
  /// `clouds`: also its name in settings and arguments.
  public let plural: String
  /// `Clouds`.
  public let title: String

  public init(singular: String, plural: String, title: String) {
    self.singular = singular
    self.plural = plural
    self.title = title
  }
}

/// What a person may want of a record or a list.
public enum RecordIntent: Hashable, Sendable, CaseIterable {
  case create, edit, editDocument, delete, open
  /// Send an invitation again.
  case resend
  /// Make a demo project in a cloud.
  case createDemo

  /// Whether it leads to a request that changes something.
  public var writes: Bool { self != .open }

  /// Whether its question can be about several records.
  var takesSeveral: Bool { self == .delete || self == .resend }
}

/// One line of a record's own screen.
public struct DetailField: Hashable, Sendable {
  public let label: String
  public let value: FieldValue

  public init(_ label: String, _ value: FieldValue) {
    self.label = label
    self.value = value
  }
}

/// The scope of the clouds themselves: everything the key may see.
public struct EveryCloud: ResourceScope {
  public init() {}

  public var cloud: CloudReference? { nil }
}

/// The scope of what belongs to one cloud. Two are equal when their cloud is the same, whatever it is called.
public struct CloudScope: ResourceScope {
  public let reference: CloudReference

  public init(id: Cloud.ID, name: String) {
    reference = CloudReference(id: id, name: name)
  }

  public init(_ cloud: Cloud) {
    self.init(id: cloud.id, name: cloud.name)
  }

  public var id: Cloud.ID { reference.id }
  /// The cloud's name, `cloud 3` where it isn't known yet.
  public var name: String { reference.name }
  public var cloud: CloudReference? { reference }

  public static func == (left: CloudScope, right: CloudScope) -> Bool {
    left.id == right.id
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
  }
}

extension ResourceScope {
  /// What a pane's title calls it; `nil` where there is only one.
  public var title: String? { cloud?.name }
}

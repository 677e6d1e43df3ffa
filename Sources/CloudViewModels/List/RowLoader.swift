import FoundationEssentials

/// Reads the records of a list, and knows the scope of the rows and how fresh they are.
@MainActor
protocol RowLoader<Record, Scope>: AnyObject {
  associatedtype Record: TableRecord
  associatedtype Scope: ResourceScope

  /// The scope of the rows.
  var scope: Scope? { get }
  /// The scope being read, if it differs from that of the rows.
  var nextScope: Scope? { get }
  var status: ListStatus { get }
  /// Why the rows may not be all, besides what the status says, as a sentence; `nil` if they are.
  var gap: String? { get }

  var prepare: ListPreparation<Record>? { get set }
  /// How many records are on the screen: a shorter part of a list doesn't replace them.
  var shownCount: @MainActor () -> Int { get set }
  /// Receives the result of a read and its scope.
  var onDelivery: (@MainActor (ListDelivery<Record>, Scope?) -> Void)? { get set }
  /// Called after a read failed and `status` was updated.
  var onFailure: (@MainActor () -> Void)? { get set }

  /// Reads the list of a scope, unless it is already there, being read or waiting for a retry.
  func load(_ wanted: Scope)
  /// Reloads the list that is on the screen or being read.
  func refresh()
  /// Clears scope and rows, and cancels reading.
  func clear()
  /// Cancels reading; the rows stay.
  func cancel()
}

extension RowLoader {
  var gap: String? { nil }
}

/// The result of a read.
enum ListDelivery<Record: TableRecord> {
  /// The first records of a list, in the API's order; the rest may still arrive or may never come.
  case part(RecordTable<Record>)
  /// The whole list, ready to be shown.
  ///
  /// - Parameter since: when the list was last read; `nil` if it wasn't read in this scope before.
  case whole(PreparedList<Record>, since: Date?)
  /// No records: the scope was cleared, or the first read of another scope failed.
  case nothing
}

/// A list with the results that were computed off the main actor.
struct PreparedList<Record: TableRecord>: Sendable {
  let table: RecordTable<Record>
  let rows: ListRows<Record>
  let widestTexts: WidestTexts
  /// The differences from the list on the screen; `nil` unless that is an earlier reading of the same scope.
  let changes: RecordChanges<Record>?
}

/// Orders, filters and compares a list that was read.
///
/// - Parameter isReread: whether the list on the screen is an earlier reading of the same scope.
typealias ListPreparation<Record: TableRecord> =
  @MainActor (_ table: RecordTable<Record>, _ isReread: Bool) async -> PreparedList<Record>

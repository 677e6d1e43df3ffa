import CloudAPI
import CloudChanges
import FoundationEssentials

/// One record with all its fields, read again from the service.
@MainActor
public final class RecordModel {
  public let title: String
  /// The fields as known now.
  public var fields: [DetailField] { currentFields() }
  public private(set) var status: ListStatus

  private let context: ModelContext
  private let currentFields: @MainActor () -> [DetailField]
  private let read: @MainActor () async -> CloudAPIError?
  private let select: @MainActor () -> Bool
  private var reading: Task<Void, Never>?

  /// - Parameters:
  ///   - fields: returns the fields as known now; called for every frame.
  ///   - read: reads the record again; returns the error if it failed.
  ///   - select: puts the list's cursor on the record; returns whether it still exists.
  public init(
    title: String, asOf: Date?, fields: @escaping @MainActor () -> [DetailField],
    read: @escaping @MainActor () async -> CloudAPIError?, select: @escaping @MainActor () -> Bool,
    context: ModelContext
  ) {
    self.title = title
    self.context = context
    currentFields = fields
    self.read = read
    self.select = select
    status = ListStatus(asOf: asOf)
    refresh()
  }

  public func refresh() {
    reading?.cancel()
    status.loadingSince = context.now()
    context.activity.changed()
    reading = context.activity.run { [weak self, context, read] in
      let error = await read()
      guard !Task.isCancelled, let self else { return }
      let now = context.now()
      status =
        if let error {
          ListStatus(asOf: status.asOf, failure: ReadFailure(error: error, since: now, nextTry: nil))
        } else {
          ListStatus(asOf: now)
        }
      context.activity.changed()
    }
  }

  /// Puts the list's cursor on this record, so that the next command applies to it and no other.
  ///
  /// - Returns: whether the record still exists; if not, a notice reports it.
  public func prepareToAct() -> Bool {
    if select() { return true }
    context.notices.say(.information, "\(title) is already gone.")
    return false
  }

  public func leave() {
    reading?.cancel()
  }
}

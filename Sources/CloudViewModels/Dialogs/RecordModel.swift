import CloudAPI
import CloudChanges
import FoundationEssentials

/// One record with every field, read again from the service.
@MainActor
public final class RecordModel {
  public let title: String
  /// The fields as far as they are known now.
  public var fields: [DetailField] { currentFields() }
  public private(set) var status: ListStatus

  private let context: ModelContext
  private let currentFields: @MainActor () -> [DetailField]
  private let read: @MainActor () async -> CloudAPIError?
  private let select: @MainActor () -> Bool
  private var reading: Task<Void, Never>?

  /// - Parameters:
  ///   - fields: the record as it is known; asked for at every drawing.
  ///   - read: reads it again; answers why it could not.
  ///   - select: puts the list's cursor on it; answers whether it is still there.
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

  /// Puts the list's cursor on this record, so that what is done next is done to it and to no other.
  ///
  /// - Returns: whether it is still there; it is said where it isn't.
  public func prepareToAct() -> Bool {
    if select() { return true }
    context.notices.say(.information, "\(title) is already gone.")
    return false
  }

  public func leave() {
    reading?.cancel()
  }
}

import CloudAPI
import CloudChanges
import FoundationEssentials

extension ListModel {
  /// Lists longer than this together are compared off the main actor.
  private static var comparedAtOnce: Int { 2_000 }

  public var hasChanges: Bool { !changes.isEmpty }

  public func forgetChanges() {
    guard hasChanges else { return }
    changes = RecordChanges()
    context.activity.changed()
  }

  /// What a reading of the list differs in from the one before; `nil` where that was of something else.
  func changes(in new: RecordTable<Record>, of wanted: Scope) async -> RecordChanges<Record>? {
    guard scope == wanted, status.asOf != nil else { return nil }
    let old = table.records
    guard old.count + new.count > Self.comparedAtOnce else { return .between(old, new.records) }
    return await .compared(old, new.records)
  }

  /// Signs what a reading brought, and says how much it is.
  ///
  /// - Parameter since: when the list was read before.
  func signChanges(_ found: RecordChanges<Record>, since: Date) {
    guard !found.isEmpty else { return }
    var found = found
    found.since = since
    changes.add(found) { table.place(of: $0) != nil }
    guard hasChanges else { return }
    let text = changesText
    // What the reading did to the marks is said again with it.
    if let loss = marks.loss {
      context.notices.say(.information, "\(loss) \(text)")
    } else {
      context.notices.mention(text)
    }
  }

  /// Signs records whose sizes came out otherwise than they were. The one under the cursor is being looked at: its size
  /// is read again because of that.
  func signSizes(before: [Record.ID: CloudSize]) {
    let found = before.filter { id, _ in id != selection && table.place(of: id) != nil }
    guard !found.isEmpty else { return }
    for (id, size) in found { changes.add(id, resizedFrom: size) }
    context.notices.mention(changesText)
  }

  private var changesText: String {
    "\(resource.names.title): \(changes.text)\(sinceText)."
  }

  private var sinceText: String {
    changes.since.map { " since \(LocalTime.hourAndMinute($0))" } ?? ""
  }

  /// The cursor goes on: what was under it has been seen.
  func sawSelection() {
    guard let selection, changes[selection] != nil else { return }
    changes.remove(selection)
  }

  /// What is new about a record, in words, as a field of its own.
  func changeField(of record: Record) -> [DetailField] {
    guard let change = changes[record.id] else { return [] }
    let text =
      switch change {
      case .new: "new"
      case .changed(let before): difference(from: before.snapshot, to: record.snapshot)
      case .resized(let before): "Size was \(before.bytesText)"
      }
    return [DetailField("Changed", .text(text + sinceText))]
  }
}

extension RecordChanges {
  /// The comparison of long lists, away from whoever asks for it.
  @concurrent
  fileprivate static func compared(_ old: RecordList<Record>, _ new: RecordList<Record>) async -> RecordChanges {
    between(old, new)
  }

  func sign(of id: Record.ID) -> RowChange? {
    switch self[id] {
    case .new: .new
    case .changed, .resized: .changed
    case nil: nil
    }
  }
}

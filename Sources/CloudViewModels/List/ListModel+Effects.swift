import CloudAPI
public import CloudChanges
import FoundationEssentials

extension ListModel {
  /// Takes what changes brought about in the scope of the rows, and reads the list again; readings begun earlier don't count
  /// any more. The cursor and the filter stay as they are.
  public func apply(_ effects: [Effect]) {
    let effects = effects.filter { $0.target.kind == Record.kind }
    // What is being read in place of the rows was begun before them.
    if let nextScope, effects.contains(where: { $0.target.cloud == nextScope.cloud?.id }) { refresh() }
    guard let scope else { return }
    let own = effects.filter { $0.target.cloud == scope.cloud?.id }
    guard !own.isEmpty else { return }
    var gone: [Record.ID] = []
    for effect in own {
      switch effect.state {
      case .now(let snapshot): if let record = Record(snapshot) { keep(record) }
      case .gone: if let id = effect.target.id { gone.append(Record.ID(rawValue: id)) }
      case .readAgain: if effect.made != nil, let id = effect.target.id { onLateValueWanted?(Record.ID(rawValue: id)) }
      }
      if effect.isLate, let selectedRecord, gone.contains(selectedRecord.id) { wentUnderCursor(selectedRecord) }
    }
    if !gone.isEmpty { dropPatiently(gone) }
    refresh()
  }

  /// A change of one of the records.
  func change(_ call: Call, of record: Record, in scope: Scope) -> Change {
    Change(call, names: names(resource.title(record), in: scope), before: record.snapshot)
  }

  /// - Parameter record: what the record is called, or will be.
  func names(_ record: String, in scope: Scope) -> Change.Names {
    // Only processors refer to others, and have few.
    let others = resource.parents == nil ? [] : records.map { ($0.id.rawValue, resource.title($0)) }
    return Change.Names(
      record: record, cloud: scope.cloud?.name, others: Dictionary(others, uniquingKeysWith: { first, _ in first }))
  }

  func target(_ id: Record.ID, in scope: Scope) -> ChangeTarget {
    ChangeTarget(Record.kind, in: scope.cloud?.id, .id(id.rawValue))
  }

  /// What the list held when it was read last; `nil` where it was not read.
  func baseline(in scope: Scope) -> Baseline? {
    guard scope == self.scope, let asOf = status.asOf else { return nil }
    return Baseline(ids: Set(records.map(\.id.rawValue)), asOf: asOf)
  }

  /// When the rows were read, by which a change of one is reviewed. What broke off or is arriving was never read whole.
  func reviewed(in scope: Scope) -> Date { scope == self.scope ? status.asOf ?? .distantPast : .distantPast }

  /// How two readings of a record differ, in words.
  func difference(from old: Snapshot, to new: Snapshot) -> String {
    old.difference(to: new) { [resource, records, table] id in
      table.place(of: Record.ID(rawValue: id)).map { resource.title(records[$0]) } ?? "\(Record.kind.rawValue) \(id)"
    }
  }
}

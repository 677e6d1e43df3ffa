import CloudAPI
public import CloudChanges

/// Lists of records that the service has lists of.
extension ListModel where Record: ServiceRecord {
  public convenience init(_ resource: Resource<Record, Scope>, context: ModelContext) {
    self.init(resource, loader: ListLoader(resource, context: context), context: context) { ListActions($0) }
  }

  /// Applies the effects of changes in the scope of the rows and reloads the list, dropping any read started earlier.
  /// Cursor and filter stay.
  public func apply(_ effects: [Effect]) {
    let effects = effects.filter { $0.target.kind == Record.kind }
    // The read for the next scope started before these changes.
    if let nextScope, effects.contains(where: { $0.target.cloud == nextScope.cloud?.id }) { refresh() }
    guard let scope else { return }
    let own = effects.filter { $0.target.cloud == scope.cloud?.id }
    guard !own.isEmpty else { return }
    var gone: [Record.ID] = []
    // All together: each ordering takes time with the length of the list.
    contents.keep(own.compactMap { if case .now(let snapshot) = $0.state { Record(snapshot) } else { nil } })
    for effect in own {
      switch effect.state {
      case .now: break
      case .gone: if let id = effect.target.id { gone.append(Record.ID(rawValue: id)) }
      case .readAgain: if effect.made != nil, let id = effect.target.id { onLateValueWanted?(Record.ID(rawValue: id)) }
      }
      if effect.isLate, let selectedRecord, gone.contains(selectedRecord.id) { contents.noteLoss(of: selectedRecord) }
    }
    if !gone.isEmpty { contents.dropPatiently(gone) }
    refresh()
  }
}

import CloudAPI
import CloudAccess
import CloudChanges
import CloudViewModels
import FoundationEssentials

/// Prints who is in which cloud while the lists arrive: on a terminal in their order of arrival, elsewhere in the order
/// of the clouds.
struct PeopleListing {
  let session: CommandSession
  let kinds: [AccessList.Kind]
  /// What `--filter` and `--sort` ask for; `nil` for neither.
  var selection: RowSelection<AccessRow>?
  /// Which rows are printed.
  let isWanted: @Sendable (Access) -> Bool

  var reading: PeopleReading { PeopleReading(session, kinds) }

  /// Reads all clouds and prints the rows.
  ///
  /// - Returns: what was read, and how many people the printed rows are about.
  func run() async throws(CommandFailure) -> (result: PeopleReading.Result, people: Int) {
    var rows = try RowStream(AccessRow.columns, of: AccessRow.names, in: session)
    let clouds = try await reading.clouds()
    let isInOrder = session.format != .table
    let isSorted = selection?.isSorted == true
    var (next, people, unknownCount) = (0, Set<String>(), 0)
    var sorted: [AccessRow] = []
    func print(_ index: PeopleIndex, _ cloud: Cloud.ID, _ kinds: [AccessList.Kind]) {
      var found = index.accesses(in: cloud, kinds).filter(isWanted).map(AccessRow.init)
      if let selection { found = selection.filtered(found, &unknownCount) }
      people.formUnion(found.map { PersonAddress.key($0.access.email) ?? $0.id })
      if isSorted { sorted += found } else if !found.isEmpty { rows.add(found) }
    }
    let result = await reading.read(clouds) { index, list in
      guard isInOrder else {
        print(index, list.cloud, [list.kind])
        return await session.output.flush()
      }
      while next < clouds.count, kinds.allSatisfy({ index.isSettled(AccessList($0, of: clouds[next].id)) }) {
        print(index, clouds[next].id, kinds)
        next += 1
      }
    }
    if isInOrder {
      // The reading ended early: what is known of the other clouds.
      for cloud in clouds[next...] { print(result.index, cloud.id, kinds) }
    }
    if let selection, isSorted { rows.add(selection.sorted(sorted)) }
    session.report(unknownCount: unknownCount, of: AccessRow.names)
    if result.end?.code == .cancelled { rows.breakOff() } else { rows.end() }
    return (result, people.count)
  }
}

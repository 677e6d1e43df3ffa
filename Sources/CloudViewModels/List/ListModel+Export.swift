import CloudAPI
import CloudChanges

/// What a list gives to other programs: its rows for a file, and the command that prints it.
extension ListModel {
  public var exportRefusal: String? {
    guard !contents.places.isEmpty else { return "There is no row to write." }
    return contents.ordering.isCurrent ? nil : "The rows are still being put in order: try again in a moment."
  }

  public func export() -> TableExport {
    let (sources, marks) = (contents.sources, contents.marks)
    let places = marks.isEmpty ? sources.places : sources.places.filter(marks.contains)
    let shown = contents.columns.filter { !$0.isInWidePanes }
    let columns = (resource.hasIDs ? [resource.idColumn] : []) + shown
    return TableExport(
      names: names, count: places.count, isOfMarks: !marks.isEmpty, gaps: gaps(of: places, sources),
      columns: columns.map(\.id)
    ) { row in
      zip(columns, sources.values(at: places[row], of: columns)).map { column, value in
        // A number in the API's JSON, too.
        guard column.kind == .id, case .text(let id) = value, let number = Int(id), String(number) == id else {
          return value
        }
        return .number(number)
      }
    }
  }

  private func gaps(of places: [Int], _ sources: ListRowMaker<Record>.Sources) -> [String] {
    let plural = names.plural
    var gaps: [String] = []
    if let now = scopeName, let next = nextScopeName {
      gaps.append("These are the \(plural) of \(now); those of \(next) are still loading.")
    }
    if status.isPartial {
      let first = "\(Count.grouped(totalCount)) \(plural)"
      gaps.append(
        status.loadingSince != nil
          ? "The list is still arriving: these are only the first \(first)."
          : "The list is incomplete: the answer broke off after \(first).")
    } else if let asOf = status.asOf {
      let time = LocalTime.hourAndMinute(asOf)
      if let failure = status.failure {
        let since = LocalTime.hourAndMinute(failure.since)
        gaps.append("The \(plural) are as of \(time): since \(since) they couldn't be read again.")
      } else if status.loadingSince != nil {
        gaps.append("The \(plural) are as of \(time): they are just being read again.")
      }
    }
    if let gap = loader.gap { gaps.append(gap) }
    if unknownCount > 0 {
      let what = Count.text(unknownCount, "\(names.singular) is", "\(plural) are")
      gaps.append("\(what) left out, because a value that the filter compares is unknown.")
    }
    return gaps + lateGaps(of: places, sources)
  }

  /// What is missing of the values that arrive after the records: the clouds' sizes.
  private func lateGaps(of places: [Int], _ sources: ListRowMaker<Record>.Sources) -> [String] {
    guard contents.columns.contains(where: { $0.kind.isLate }) else { return [] }
    var (waiting, failed, stale) = (0, 0, 0)
    for place in places {
      switch sources.late(records.id(at: place)) {
      case .waiting: waiting += 1
      case .failed: failed += 1
      case .stale: stale += 1
      case .loaded: break
      }
    }
    return [
      waiting > 0 ? "\(Count.text(waiting, "size is", "sizes are")) still loading, and would be empty." : nil,
      failed > 0 ? "\(Count.text(failed, "size", "sizes")) couldn't be read, and would be empty." : nil,
      stale > 0 ? "\(Count.text(stale, "size is an old one", "sizes are old ones")): reading again failed." : nil,
    ].compactMap { $0 }
  }

  /// The shell command that prints what the pane shows: with its filter and its order.
  ///
  /// - Parameter options: those that make the command's columns the pane's.
  func listCommand(_ scope: Scope, options: [CommandLineText.Option] = []) -> CommandLineText {
    var options = options
    if !filter.isEmpty { options.append(CommandLineText.Option("filter", filter.text.trimmingBlanks())) }
    if let order { options.append(CommandLineText.Option("sort", (order.ascending ? "" : "-") + order.column)) }
    return resource.show(scope, nil).adding(options).on(context.service)
  }
}

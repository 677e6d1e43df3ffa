import CloudAPI
import CloudViewModels

/// Selects and sorts the records to be printed.
struct RecordSelection<Record: ListedRecord, Scope: ResourceScope> {
  private struct Condition {
    let column: OutputColumn<Record>
    let text: String
  }

  private let resource: Resource<Record, Scope>
  private let words: TextFilter
  private let conditions: [Condition]
  private let order: (column: OutputColumn<Record>, ascending: Bool)?

  /// - Throws: `usage` if a named column doesn't exist.
  init(_ resource: Resource<Record, Scope>, _ options: ListOptions) throws(CommandFailure) {
    self.resource = resource
    let columns = resource.outputColumns
    var words: [String] = []
    var conditions: [Condition] = []
    for text in options.filter {
      let filter = FilterText(text, columns: columns.map(\.id))
      words += filter.words
      if let unknown = filter.unknownColumn {
        _ = try columns.named(unknown, for: "--filter", of: resource.names, orElse: FilterText.escapeAdvice(unknown))
      }
      for (name, value) in filter.conditions {
        conditions.append(
          Condition(column: try columns.named(name, for: "--filter", of: resource.names), text: Self.folded(value)))
      }
    }
    self.words = TextFilter(words.joined(separator: " "))
    self.conditions = conditions
    order = try options.sort.map { text throws(CommandFailure) in
      let name = text.hasPrefix("-") ? String(text.dropFirst()) : text
      return (try columns.named(name, for: "--sort", of: resource.names), !text.hasPrefix("-"))
    }
  }

  /// Whether all records are printed in the API's order.
  var isEverything: Bool { words.isEmpty && conditions.isEmpty && order == nil }

  /// Whether the selection needs the value of a column.
  func uses(_ column: String) -> Bool {
    order?.column.id == column || conditions.contains { $0.column.id == column }
  }

  func apply(to items: [RecordItem<Record>], context: RowContext<Record>) -> [RecordItem<Record>] {
    let kept = isEverything ? items : items.filter { matches($0.record, context) }
    guard let order else { return kept }
    let keys = kept.map { order.column.sortKey($0.record, context) }
    let sorted = kept.indices.sorted { left, right in
      if keys[left] != keys[right] { return keys[left].precedes(keys[right], ascending: order.ascending) }
      // Equal records stay in the API's order, so that the output is always the same.
      return left < right
    }
    return sorted.map { kept[$0] }
  }

  /// The text for comparing whole values: folded, with each run of blanks as one blank.
  private static func folded(_ text: String) -> String {
    SearchFold.fold(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func matches(_ record: Record, _ context: RowContext<Record>) -> Bool {
    for condition in conditions {
      let value = condition.column.value(record, context)
      var texts = [value.machineText, value.plainText(short: true), value.plainText()]
      if case .role(let role?) = value { texts.append(String(role.rawValue)) }
      guard texts.contains(where: { Self.folded($0) == condition.text }) else { return false }
    }
    return words.isEmpty
      || words.matches(folded: SearchFold.fold(resource.searchTexts(record).joined(separator: "\n")))
  }
}

extension Array {
  /// The column with that name.
  func named<Record>(
    _ name: String, for option: String, of names: ResourceNames, orElse advice: String = ""
  ) throws(CommandFailure) -> Element where Element == OutputColumn<Record> {
    if let column = first(where: { $0.id == name.lowercased() }) { return column }
    let known = map(\.id).joined(separator: ", ")
    throw .usage("\(option): \(names.plural) have no column \"\(name)\"; they have \(known).\(advice)")
  }
}

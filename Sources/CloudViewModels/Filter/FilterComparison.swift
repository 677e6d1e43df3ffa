import CloudAPI
import FoundationEssentials

/// One comparison of a filter: the values of a column with what is written.
struct FilterComparison: Hashable, Sendable {
  /// The index of the column in the vocabulary.
  let column: Int
  let comparison: FilterOperator
  let target: FilterTarget

  /// Whether a value fits; `nil` if that is unknown, as it is for a value that is missing or can't be read.
  func holds(for value: FieldValue) -> Bool? {
    let operand = value.operand
    switch (target, operand) {
    case (_, .unknown): return nil
    case (.missing, .missing): return comparison.holds(0)
    case (.missing, _): return comparison.holds(1)
    case (_, .missing): return nil
    case (.span(let span), .number(let number)):
      return comparison.holds(number < span.lowerBound ? -1 : number < span.upperBound ? 0 : 1)
    case (.beginning(let text, let isCompact, let span), _):
      if let span, case .number(let number) = operand, span.contains(number) { return true }
      var texts = [value.plainText(short: true), value.machineText]
      if case .role(let role?) = value { texts.append(String(role.rawValue)) }
      return texts.contains { shown in
        let folded = FilterTarget.folded(shown)
        return (isCompact ? FilterTarget.compact(folded) : folded).hasPrefix(text)
      }
    case (.text(let text), _):
      let texts = if case .texts(let texts) = operand { texts } else { [value.machineText] }
      if comparison == .equal || comparison == .notEqual {
        return comparison.holds(texts.contains { FilterTarget.folded($0) == text } ? 0 : 1)
      }
      let (wanted, key) = (NaturalOrder.key(of: text), NaturalOrder.key(of: FilterTarget.folded(texts[0])))
      return comparison.holds(key < wanted ? -1 : key == wanted ? 0 : 1)
    case (.span, .texts): return nil
    }
  }

  /// Whether each value that fits this comparison fits the other one.
  func implies(_ other: FilterComparison) -> Bool {
    if self == other { return true }
    guard column == other.column, comparison == .equal, other.comparison == .equal,
      case .beginning(let text, _, nil) = target, case .beginning(let start, _, nil) = other.target
    else { return false }
    return text.hasPrefix(start)
  }
}

/// What a comparison looks at in a value.
private enum Operand {
  case number(Double)
  /// The whole text, and other texts that are the value just as well.
  case texts([String])
  /// There is no value.
  case missing
  /// There is a value, but it hasn't arrived or can't be read.
  case unknown
}

extension FieldValue {
  fileprivate var operand: Operand {
    switch self {
    case .text(let text), .email(let text), .node(_, let text): text.isEmpty ? .missing : .texts([text])
    case .bytes(let state): state.value?.bytes.map { .number(Double($0)) } ?? .unknown
    case .usage(let state):
      // A cloud without a quota has no share of it.
      state.value.map { size in
        size.usedShare.map { .number($0 * 100) } ?? (size.quota == nil ? .missing : .unknown)
      } ?? .unknown
    case .date(let date): date.map { .number($0.timeIntervalSince1970) } ?? .missing
    case .role(let role): role.map { .number(Double($0.rawValue)) } ?? .missing
    case .flag(let flag): flag.map { .number($0 ? 1 : 0) } ?? .missing
    case .number(let number): number.map { .number(Double($0)) } ?? .missing
    case .references(let names): names.isEmpty ? .missing : .texts([names.joined(separator: ", ")] + names)
    case .none: .missing
    case .unreadable: .unknown
    }
  }
}

/// Which records a filter shows, decided from the columns of one record at a time.
public struct FilterMatcher<Record: RowRecord>: Sendable {
  public let filter: Filter
  /// The columns of the filter's vocabulary.
  private let columns: [Column<Record>]
  /// The columns that words look at.
  private let searched: [Column<Record>]

  public init(_ filter: Filter, columns: [Column<Record>], searched: [Column<Record>]) {
    self.filter = filter
    self.columns = columns
    self.searched = searched
  }

  /// Whether the filter shows a record; `nil` if that depends on a value that is unknown.
  public func matches(_ record: Record, _ context: RowContext<Record>) -> Bool? {
    guard wordsMatch(record, context) else { return false }
    var result: Bool? = true
    for comparison in filter.comparisons {
      switch comparison.holds(for: columns[comparison.column].value(record, context)) {
      case true?: break
      case false?: return false
      case nil: result = nil
      }
    }
    return result
  }

  private func wordsMatch(_ record: Record, _ context: RowContext<Record>) -> Bool {
    guard !filter.words.isEmpty || !filter.excluded.isEmpty else { return true }
    var texts = FoldedTexts()
    texts.append(searched.filter { $0.kind != .id }.map { $0.searchText(record, context) })
    let ids = searched.filter { $0.kind == .id }.map { Array(SearchFold.fold($0.searchText(record, context)).utf8) }
    func contains(_ word: Filter.Word) -> Bool {
      texts.holds(word.bytes, in: 0) || ids.contains { word.matches(id: $0) }
    }
    return filter.words.allSatisfy(contains) && !filter.excluded.contains(where: contains)
  }
}

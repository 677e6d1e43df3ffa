import CloudAPI

/// A part of a filter that can't be read.
public struct FilterProblem: Hashable, Sendable {
  /// A few words, for the border of a pane: `no column "rol"`.
  public let title: String
  /// What can't be read, and what can be written instead.
  public let sentence: String

  static let tooLong = FilterProblem(
    title: "too long", sentence: "The filter is longer than the 4096 bytes that are read: shorten it.")

  static func unknownColumn(_ name: String, in term: String, _ vocabulary: FilterVocabulary) -> FilterProblem {
    let known = vocabulary.columns.map(\.id).joined(separator: ", ")
    let name = name.cut(toBytes: 60)
    return FilterProblem(
      title: "no column \"\(name)\"",
      sentence: "\(vocabulary.names.title) have no column \"\(name)\"; they have \(known). "
        + "Quotes make it a word: \"\(term.cut(toBytes: 60))\".")
  }

  static func unreadable(_ value: String, of column: ColumnHeader, in term: String) -> FilterProblem {
    let (what, advice) = readable(column)
    let term = term.cut(toBytes: 60)
    guard !value.isEmpty else {
      return FilterProblem(
        title: "no value in \(term)",
        sentence: "There is no value in \(term): write \(advice), or \(column.id)=\"\" for rows that have none.")
    }
    let words = value.contains(" ") ? " A value goes on up to the next comparison: put words before it." : ""
    let value = value.cut(toBytes: 60)
    return FilterProblem(
      title: "\"\(value)\" is no \(what)",
      sentence: "In \(term), \"\(value)\" is no \(what): write \(advice).\(words)")
  }

  /// What a column's values are, and how they are written.
  private static func readable(_ column: ColumnHeader) -> (what: String, advice: String) {
    switch column.kind {
    case .bytes: ("size", "it as 1.5GB, 200 MB or bytes")
    case .date: ("date", "it as 2024, 2024-03, 2024-03-05 or 2024-03-05T13:04, in UTC")
    case .role: ("role", "admin, user, guest or the API's number")
    case .flag: ("yes or no", "yes or no")
    case .number: ("number", "a number")
    case .percent: ("percentage", "it as 80 or 80 %")
    case .name, .text, .email, .link, .state, .id, .references: ("value", "some text")
    }
  }
}

/// The columns that a filter can name.
public struct FilterVocabulary: Hashable, Sendable {
  let names: ResourceNames
  let columns: [ColumnHeader]
  /// The index of the column that each spelling stands for.
  private let indices: [String: Int]
  /// The length of the longest spelling, in characters.
  let longestSpelling: Int

  public init(_ names: ResourceNames, _ columns: [ColumnHeader]) {
    self.names = names
    self.columns = columns
    var indices: [String: Int] = [:]
    // A name takes precedence over a title that reads the same.
    for name in [\ColumnHeader.id, \.title] {
      for (index, column) in columns.enumerated() {
        let words = Self.words(column[keyPath: name])
        for spelling in [words.joined(separator: " "), words.joined()] where indices[spelling] == nil {
          indices[spelling] = index
        }
      }
    }
    self.indices = indices
    longestSpelling = indices.keys.reduce(0) { max($0, $1.count) }
  }

  public init<Record>(_ names: ResourceNames, _ columns: [Column<Record>]) {
    self.init(names, columns.map(\.header))
  }

  /// The index of the column with that name or title: `admin_of`, `Admin of` and `admin-of` are one.
  func column(named name: some StringProtocol) -> Int? {
    indices[Self.words(name).joined(separator: " ")]
  }

  /// What is missing at the end of a filter to the name of a column: to the only one that begins so, or to what the names
  /// of all that do have in common.
  ///
  /// - Returns: `nil` if nothing is missing that is sure.
  public func completion(ofLastWordIn text: String) -> String? {
    var start = text.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace).last ?? ""
    if let sign = start.first, sign == "-" || sign == "!" { start = start.dropFirst() }
    let word = start.lowercased()
    let found = columns.map(\.id).filter { $0.hasPrefix(word) }
    guard !word.isEmpty, let first = found.first else { return nil }
    let common = found.reduce(first) { common, name in
      String(zip(common, name).prefix { $0 == $1 }.map(\.0))
    }
    return common.count > word.count ? String(common.dropFirst(word.count)) : nil
  }

  private static func words(_ name: some StringProtocol) -> [String] {
    SearchFold.fold(String(name)).split { $0.isWhitespace || $0 == "_" || $0 == "-" }.map(String.init)
  }
}

extension Resource {
  /// The columns that a filter of the list can name.
  public var vocabulary: FilterVocabulary { FilterVocabulary(names, everyColumn) }
}

import CloudViewModels
import FoundationEssentials
import TerminalUI

/// The contents of one pane, as a value: the visible rows and everything around them.
struct PaneContent: Hashable {
  /// The number of the pane, which is also its key: `2`.
  var number: Int
  var title: String
  /// The name of the cloud that the rows belong to.
  var scope: String?
  /// The name of the cloud whose rows are being loaded.
  var nextScope: String?
  var headers: [ColumnHeader]
  /// The texts that each column must have room for.
  var columnTexts: [ColumnTexts]
  /// The visible rows, starting at `firstRow`.
  var rows: [TableRow]
  var firstRow: Int
  var selectedRow: Int?
  var rowCount: Int
  var totalCount: Int
  var filter: Filter
  /// How many rows the filter hides only because a value is unknown.
  var unknownCount: Int
  /// The filter's text and cursor while it is being typed.
  var prompt: FilterPrompt?
  var order: RowOrder?
  /// The title of the column that the rows are sorted by.
  var orderTitle: String?
  var status: ListStatus
  var emptyText: String
  /// The keys that help if the list can't be read.
  var troubleKeys: TroubleText.Keys
  var isFocused: Bool
  /// How many records are marked; a row shows each of them.
  var markedCount: Int
  /// The size of the marked rows, or of those that the filter leaves: `2.5 TB · 79 %`.
  var sum: String?
  /// How many marks the filter dropped.
  var unmarkedByFilterCount: Int
  /// The largest size that bars are relative to.
  var largestBytes: Int64
  /// Whether bars are relative to each cloud's quota instead.
  var hasQuotas: Bool
  /// The share of the selected row, `16 % of total`, if rows have sizes, followed by a shorter form.
  var share: [String]
  /// Why the selected row has no size yet and when it is read again, followed by a shorter form; empty if there is no
  /// error.
  var sizeTrouble: [String]
  /// Whether a cursor move changes only two cells: no bold row, no bars and no row number in the border.
  var isLowBandwidth: Bool
  /// The state of the cloud that the rows belong to.
  var cloud: CloudState
  /// The titles of panes that are not shown.
  var others: [String]

  /// The state of the cloud that a detail pane needs.
  enum CloudState: Hashable {
    /// The cloud is there, or the pane needs none.
    case there
    /// The list of clouds is being read.
    case awaited(since: Date)
    /// The list of clouds could not be read; with the reason.
    case unread(String)
    /// No cloud is selected: there is none, or the filter hides all.
    case missing
  }

  /// The widths that the columns need.
  func wishes(_ textWidth: TextWidth) -> [ColumnLayout.Wish] {
    ColumnLayout.wishes(headers, columnTexts, isArriving: status.isPartial, textWidth)
  }

  /// Whether the columns of both have the same widths in a pane of the same width.
  func hasSameColumns(as other: PaneContent) -> Bool {
    headers == other.headers && columnTexts == other.columnTexts && hasQuotas == other.hasQuotas
      && status.isPartial == other.status.isPartial
  }

  /// The order as shown in the border: `size ▾`.
  var orderText: String? {
    guard let order, let orderTitle else { return nil }
    return orderTitle.lowercased() + (order.ascending ? " ▴" : " ▾")
  }
}

/// A filter being typed.
struct FilterPrompt: Hashable {
  var text: String
  /// The cursor position in the text, in characters.
  var cursor: Int
}

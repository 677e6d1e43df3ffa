import CloudViewModels
import FoundationEssentials

/// What one pane shows, as a value: the visible rows and everything around them.
struct PaneContent: Hashable {
  /// `2`: the key that goes there.
  var number: Int
  var title: String
  /// The cloud the rows belong to.
  var scope: String?
  /// The cloud whose rows are on their way.
  var nextScope: String?
  var headers: [ColumnHeader]
  /// The rows on the screen, from `firstRow` on.
  var rows: [TableRow]
  var firstRow: Int
  var selectedRow: Int?
  var rowCount: Int
  var totalCount: Int
  var filter: TextFilter
  /// The filter's text and cursor while it is being typed.
  var prompt: FilterPrompt?
  var order: RowOrder?
  var status: ListStatus
  var emptyText: String
  /// The key that reads the list again.
  var refreshKey: String
  var isFocused: Bool
  /// How many records are marked, all of them among the rows.
  var markedCount: Int
  /// How many marks the filter took.
  var unmarkedByFilterCount: Int
  /// The largest size that bars are relative to.
  var largestBytes: Int64
  /// Whether bars are relative to each cloud's quota instead.
  var hasQuotas: Bool
  /// `16 % of total`, where rows have sizes, and the same in short.
  var share: [String]
  /// Why the selected row has no size yet and when it is asked for again, and the same in short; empty where all is well.
  var sizeTrouble: [String]
  /// Whether a move changes two cells alone: no bold row, no bars, and no place in the border.
  var isLowBandwidth: Bool
  /// The cloud whose rows could be here.
  var cloud: CloudState
  /// The titles of panes that have no place of their own.
  var others: [String]

  /// What there is to say of the cloud whose rows could be here.
  enum CloudState: Hashable {
    /// Nothing: there is one, or the pane is that of the clouds.
    case there
    /// The list of clouds is being read.
    case awaited(since: Date)
    /// The list of clouds could not be read, and why.
    case unread(String)
    /// None is selected: there is none, or the filter hides all.
    case missing
  }

  /// The order as the border shows it: `size ▾`.
  var orderText: String? {
    guard let order, let header = headers.first(where: { $0.id == order.column }) else { return nil }
    return header.title.lowercased() + (order.ascending ? " ▴" : " ▾")
  }
}

/// A filter being typed.
struct FilterPrompt: Hashable {
  var text: String
  /// The cursor's place in the text, in characters.
  var cursor: Int
}

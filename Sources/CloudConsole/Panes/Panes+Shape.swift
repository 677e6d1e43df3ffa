import CloudViewModels
import TerminalUI

extension Panes {
  /// The shape of the panes, and the window for which it is settled.
  struct SettledShape: Hashable {
    private var shape = PaneShape()
    private var size: Size?
    private var paneCount = 0

    /// The shape in a window of that size.
    func shape(for size: Size) -> PaneShape {
      self.size == size ? shape : PaneShape()
    }

    /// The shape after what is still open was settled by the lists read so far.
    @MainActor
    func settled(for size: Size, by panes: Panes, _ textWidth: TextWidth) -> SettledShape {
      var next = self
      if self.size != size || paneCount != panes.tables.count {
        next.shape = PaneShape()
        (next.size, next.paneCount) = (size, panes.tables.count)
      }
      if next.shape.clouds == nil { next.shape.clouds = panes.columnsOfClouds(in: size, textWidth) }
      if next.shape.details.isEmpty { next.shape.details = panes.linesOfDetails }
      return next
    }
  }

  /// The width from which the clouds' pane shows all its columns.
  private static let wideColumns = 160

  private func columnsOfClouds(in size: Size, _ textWidth: TextWidth) -> Int? {
    let clouds = workspace.clouds
    guard clouds.status.asOf != nil, clouds.totalCount > 0 else { return nil }
    let wishes = ColumnLayout.wishes(clouds.headers, clouds.columnTexts, isArriving: false, textWidth)
    // The border takes two columns.
    return 2
      + ColumnLayout.wantedColumns(clouds.headers, wishes: wishes, isWide: size.columns >= Self.wideColumns)
  }

  /// The lines that the lists of the first cloud need; empty until each was read or failed.
  private var linesOfDetails: [Int] {
    let details = workspace.details
    guard !details.isEmpty, details.allSatisfy({ $0.status.isSettled }) else { return [] }
    return details.map { $0.totalCount > 0 ? PaneView.lines(forRows: $0.totalCount) : Self.linesOfMessage }
  }

  /// The lines of an empty pane, whose message may be wrapped.
  private static let linesOfMessage = 4
}

extension ListStatus {
  /// Whether the list was read, or failed, and isn't being read again.
  fileprivate var isSettled: Bool {
    loadingSince == nil && (asOf != nil || failure != nil)
  }
}

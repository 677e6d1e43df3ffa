import CloudAPI
import CloudChanges
import CloudViewModels
import TerminalUI

/// All clouds ranked by size, the largest first, as a bar chart.
@MainActor
final class SizesLayer: ScrollingLayer {
  private let workspace: Workspace
  /// Whether bars are drawn; not for a screen reader.
  private let hasBars: Bool
  /// The selected cloud, which keeps the cursor if its rank changes.
  private var selection: Cloud.ID?

  /// Begins with the cursor on the cloud that is selected in the list.
  init(workspace: Workspace, keymap: Keymap, hasBars: Bool = true) {
    self.workspace = workspace
    self.hasBars = hasBars
    selection = workspace.clouds.selection
    super.init(keymap: keymap)
  }

  override var cursorLine: Int? {
    ranked.firstIndex { $0.cloud.id == selection } ?? 0
  }

  override func moveCursor(to line: Int) {
    let ranked = ranked
    guard ranked.indices.contains(line) else { return }
    selection = ranked[line].cloud.id
  }

  override var title: String { "Sizes" }
  override var command: Command? { .sizes }
  override var keyHelp: [String] { ["{open} go to cloud", "{refresh} refresh"].map(keymap.withKeys) }
  override var trailingTitle: String { SizeText.total(of: workspace) }

  override func page(columns: Int, textWidth: TextWidth, search: String) -> Page {
    let ranked = ranked
    guard !ranked.isEmpty else { return Page(lines: [DialogLine(emptyText, .muted)], cursor: 0, cursorID: "0") }
    let total = workspace.sizes.summary.total
    let largest = ranked.first?.size.value?.bytes ?? 0
    let cursorLine = ranked.firstIndex { $0.cloud.id == selection } ?? 0
    let nameColumns = min(columns / 3, 32)
    let barColumns = max(4, columns - nameColumns - 22)
    let lines = ranked.enumerated().map { index, entry in
      let (cloud, size) = entry
      let name = textWidth.truncated(cloud.name, to: nameColumns)
      let gap = String(repeating: " ", count: nameColumns - textWidth.columns(of: name) + 1)
      let isHere = index == cursorLine
      let number = (isHere ? "▸" : " ") + leading(String(index + 1), 3) + " "
      guard let bytes = size.value?.bytes else {
        let reason = size.error.map { "? \($0.message)" } ?? size.value.flatMap(\.quotaText) ?? "…"
        let start = [Span(number, isHere ? .accent : .muted), Span(name + gap, isHere ? .strong : .normal)]
        return DialogLine(start + [Span(reason, size.error == nil ? .muted : .danger)])
      }
      let share = total > 0 ? Double(bytes) / Double(total) * 100 : 0
      let bar = HorizontalBar.text(
        fraction: largest > 0 ? Double(bytes) / Double(largest) : 0, columns: hasBars ? barColumns - 7 : 0,
        inEighths: !workspace.isLowBandwidth)
      let percent = share > 0 && share < 1 ? "<1 %" : "\(Int(share.rounded())) %"
      return DialogLine(
        [
          Span(number, isHere ? .accent : .muted), Span(name + gap, isHere ? .strong : .normal),
          Span(leading(ByteText.format(bytes), 9) + " "), Span(bar, isHere ? .accent : .muted),
        ], trailing: [Span(" " + leading(percent, 5), .muted)])
    }
    let (cloud, size) = ranked[cursorLine]
    return Page(
      lines: lines, cursor: cursorLine, cursorID: String(cursorLine),
      cursorText: "\(cursorLine + 1), \(cloud.name), \(LinearText.value(.bytes(size)))")
  }

  private var ranked: [(cloud: Cloud, size: LoadState<CloudSize>)] {
    workspace.clouds.records.map { ($0, workspace.sizes[$0.id]) }.sorted { left, right in
      (left.size.value?.bytes ?? -1, right.cloud.id) > (right.size.value?.bytes ?? -1, left.cloud.id)
    }
  }

  private var emptyText: String {
    let status = workspace.clouds.status
    if let failure = status.failure { return failure.error.message }
    return status.asOf == nil ? "The clouds are still loading." : "No clouds."
  }

  private func leading(_ text: String, _ columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - text.count)) + text
  }

  override func takes(_ command: Command) -> Bool {
    super.takes(command) || command == .refresh || command == .open
  }

  override func take(_ key: Key) -> LayerAnswer {
    switch keymap.command(for: key) {
    case .refresh:
      workspace.refreshClouds()
    case .open:
      guard let selection else { return .stay }
      workspace.clouds.reveal(selection)
      return .close
    default: break
    }
    return .stay
  }
}

/// The total size as text.
@MainActor
enum SizeText {
  /// `3.2 TB`; `≥ 3.2 TB` if some sizes are missing, `size unknown` if all are.
  static func total(of workspace: Workspace) -> String {
    let summary = workspace.sizes.summary
    guard summary.isComplete || summary.total > 0 else { return "size unknown" }
    return (summary.isComplete ? "" : "≥ ") + ByteText.format(summary.total)
  }
}

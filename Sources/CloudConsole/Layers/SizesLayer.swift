import CloudAPI
import CloudChanges
import CloudViewModels
import TerminalUI

/// All clouds ranked by size as a bar chart: full ones first, then the largest.
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
  override var keyHelp: [KeyHint] {
    [KeyHint(keymap.keyText(of: .open), "go to cloud"), KeyHint(keymap.keyText(of: .refresh), "refresh")]
  }
  override var trailingTitle: String { SizeText.total(of: workspace) }

  override func page(columns: Int, textWidth: TextWidth, search: String) -> Page {
    let ranked = ranked
    guard !ranked.isEmpty else { return Page(lines: [DialogLine(emptyText, .muted)], cursor: 0, cursorID: "0") }
    let total = workspace.sizes.summary.total
    let largest = ranked.compactMap(\.size.value?.bytes).max() ?? 0
    let cursorLine = ranked.firstIndex { $0.cloud.id == selection } ?? 0
    let widths = widths(of: ranked, columns: columns, textWidth)
    let ranks = ranks(of: ranked)
    let lines = ranked.enumerated().map { index, entry in
      let (cloud, size) = entry
      let name = textWidth.truncated(cloud.name, to: widths.name)
      let gap = String(repeating: " ", count: widths.name - textWidth.columns(of: name) + 1)
      let isHere = index == cursorLine
      let number = (isHere ? "▸" : " ") + leading(String(ranks[index]), 4) + " "
      let start = [Span(number, isHere ? .accent : .muted), Span(name + gap, isHere ? .strong : .normal)]
      guard let bytes = size.value?.bytes else {
        let reason = size.error.map { "? \($0.message)" } ?? size.value.flatMap(\.quotaText) ?? "…"
        return DialogLine(start + [Span(reason, size.error == nil ? levelStyle(size) : .danger)])
      }
      let bar = HorizontalBar.text(
        fraction: largest > 0 ? Double(bytes) / Double(largest) : 0, columns: widths.bar,
        inEighths: !workspace.isLowBandwidth)
      let used = widths.quota > 0 ? leading(size.value?.usedText ?? "", widths.quota - 1) + " " : ""
      return DialogLine(
        start + [
          Span(leading(ByteText.format(bytes), Self.sizeColumns) + " "), Span(used, levelStyle(size)),
          Span(bar, isHere ? .accent : .muted),
        ], trailing: total > 0 ? [Span(leading(SizeSum.percentText(Double(bytes) / Double(total)), 5), .muted)] : [])
    }
    let (cloud, size) = ranked[cursorLine]
    return Page(
      lines: lines, cursor: cursorLine, cursorID: String(cursorLine),
      cursorText: "\(ranks[cursorLine]), \(cloud.name), \(LinearText.value(.bytes(size)))")
  }

  private static let sizeColumns = 9
  private static let leastBar = 8

  private struct Widths {
    let name: Int
    let quota: Int
    let bar: Int
  }

  /// Names get the room that they need as long as a short bar fits; the bar gets the rest.
  private func widths(of ranked: [Entry], columns: Int, _ textWidth: TextWidth) -> Widths {
    let quota = workspace.sizes.summary.hasQuotas ? RowView.levelColumns + 1 : 0
    // Besides name and bar: the mark, the number, the size and the share, with blanks between them.
    let rest = columns - (6 + 1 + Self.sizeColumns + 1 + quota + 6)
    let longest = ranked.map { textWidth.columns(of: $0.cloud.name) }.max() ?? 0
    let name = max(8, min(longest, rest - (hasBars ? Self.leastBar : 0)))
    return Widths(name: name, quota: quota, bar: hasBars ? max(0, rest - name) : 0)
  }

  private func levelStyle(_ size: LoadState<CloudSize>) -> Style { Style(size.value?.level?.tone ?? .muted) }

  private typealias Entry = (cloud: Cloud, size: LoadState<CloudSize>)

  /// Full clouds, then the others by size.
  private var ranked: [Entry] {
    workspace.clouds.records.map { ($0, workspace.sizes[$0.id]) }.sorted { left, right in
      let (isLeftFull, isRightFull) = (left.size.value?.level == .full, right.size.value?.level == .full)
      guard isLeftFull == isRightFull else { return isLeftFull }
      return (left.size.value?.bytes ?? -1, right.cloud.id) > (right.size.value?.bytes ?? -1, left.cloud.id)
    }
  }

  /// The rank of each by size alone.
  private func ranks(of ranked: [Entry]) -> [Int] {
    let bytes = ranked.map { $0.size.value?.bytes ?? -1 }
    let order = ranked.indices.sorted { (bytes[$0], $1) > (bytes[$1], $0) }
    var ranks = ranked.map { _ in 0 }
    for (rank, index) in order.enumerated() { ranks[index] = rank + 1 }
    return ranks
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

import CloudAPI
import CloudViewModels
import TerminalUI

/// All clouds ranked by size, the largest first, as a bar chart.
@MainActor
final class SizesLayer: ScrollingLayer {
  private let workspace: Workspace

  init(workspace: Workspace) {
    self.workspace = workspace
  }

  override var title: String { "Sizes" }
  override var command: Command? { .sizes }
  override var keyHelp: String { "r read again" }
  override var trailingTitle: String { SizeText.total(of: workspace) }

  override func lines(columns: Int, textWidth: TextWidth, search: String) -> [DialogLine] {
    let ranked = workspace.clouds.records.map { ($0, workspace.sizes[$0.id]) }.sorted { left, right in
      (left.1.value ?? -1, right.0.id) > (right.1.value ?? -1, left.0.id)
    }
    guard !ranked.isEmpty else { return [DialogLine("No clouds.", .muted)] }
    let total = workspace.sizes.total(of: ranked.map(\.0.id)).bytes
    let largest = ranked.first?.1.value ?? 0
    let nameColumns = min(columns / 3, 32)
    let barColumns = max(4, columns - nameColumns - 22)
    return ranked.enumerated().map { index, entry in
      let (cloud, size) = entry
      let name = textWidth.truncated(cloud.name, to: nameColumns)
      let gap = String(repeating: " ", count: nameColumns - textWidth.columns(of: name) + 1)
      let number = leading(String(index + 1), 4) + " "
      guard let bytes = size.value else {
        let reason = size.error.map { "? \($0.message)" } ?? "…"
        return DialogLine([Span(number, .muted), Span(name + gap), Span(reason, size.error == nil ? .muted : .danger)])
      }
      let share = total > 0 ? Double(bytes) / Double(total) * 100 : 0
      let bar = HorizontalBar.text(fraction: largest > 0 ? Double(bytes) / Double(largest) : 0, columns: barColumns - 7)
      let percent = share > 0 && share < 1 ? "<1 %" : "\(Int(share.rounded())) %"
      return DialogLine(
        [
          Span(number, .muted), Span(name + gap, index == 0 ? .strong : .normal),
          Span(leading(ByteText.format(bytes), 9) + " "), Span(bar, .accent),
        ], trailing: [Span(" " + leading(percent, 5), .muted)])
    }
  }

  private func leading(_ text: String, _ columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - text.count)) + text
  }

  override func take(_ key: Key) -> LayerAnswer {
    if Keymap.standard.command(for: key) == .refresh { workspace.refreshClouds() }
    return .stay
  }
}

/// How the size of everything is said.
@MainActor
enum SizeText {
  /// `3.2 TB`; `at least 3.2 TB` while or because something is missing.
  static func total(of workspace: Workspace) -> String {
    let (bytes, isComplete) = workspace.sizes.total(of: workspace.clouds.records.lazy.map(\.id))
    return (isComplete ? "" : "≥ ") + ByteText.format(bytes)
  }
}

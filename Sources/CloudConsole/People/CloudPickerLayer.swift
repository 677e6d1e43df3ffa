import CloudAPI
import CloudChanges
import CloudViewModels
import TerminalUI

/// Picks clouds from a list with a filter. Those that are marked in the clouds' pane are picked already.
@MainActor
final class CloudPickerLayer: ScrollingLayer {
  private let clouds: [CloudReference]
  private var picked: Set<Cloud.ID>
  /// The cloud under the cursor; `nil` for the first one.
  private var selection: Cloud.ID?
  private let onPick: @MainActor ([CloudReference]) -> any Layer

  init(_ workspace: Workspace, keymap: Keymap, onPick: @escaping @MainActor ([CloudReference]) -> any Layer) {
    clouds = workspace.allClouds
    picked = Set(workspace.markedClouds.map(\.id))
    self.onPick = onPick
    super.init(keymap: keymap)
  }

  override var title: String { "Invite to which clouds?" }
  override var trailingTitle: String { "\(picked.count) picked" }
  override var isSearchable: Bool { true }
  override var keyHelp: [KeyHint] {
    [KeyHint("Enter", "continue"), KeyHint("Space", "pick"), KeyHint("Ctrl-A", "all")]
  }
  override var cursorLine: Int? { cursor(in: found) }

  private func cursor(in found: [CloudReference]) -> Int {
    selection.flatMap { selection in found.firstIndex { $0.id == selection } } ?? 0
  }

  private var found: [CloudReference] {
    let words = SearchFold.fold(search?.text ?? "").split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { return clouds }
    return clouds.filter { cloud in
      let name = SearchFold.fold(cloud.name)
      return words.allSatisfy { name.utf8.contains($0.utf8) }
    }
  }

  override func moveCursor(to line: Int) {
    let found = found
    if !found.isEmpty { selection = found[max(0, min(line, found.count - 1))].id }
  }

  override func page(columns: Int, textWidth: TextWidth, search: String) -> Page {
    let found = found
    guard !found.isEmpty else { return Page(lines: [DialogLine("No cloud matches.", .muted)], cursor: 0) }
    let here = cursor(in: found)
    let lines = found.enumerated().map { index, cloud in
      let isHere = index == here
      return DialogLine([
        Span(isHere ? "▸" : " ", .accent), Span(picked.contains(cloud.id) ? "[x] " : "[ ] "),
        Span(textWidth.truncated(cloud.name, to: max(1, columns - 5)), isHere ? .strong : .normal),
      ])
    }
    return Page(lines: lines, cursor: here, cursorID: found[here].id.rawValue)
  }

  override func handle(_ event: TerminalEvent) -> LayerAnswer {
    guard !isTyping, case .key(let key) = event else { return super.handle(event) }
    switch key {
    case .character(" "): toggle()
    case .control("a"): toggleAll()
    case .enter: return pick()
    default: return super.handle(event)
    }
    return .stay
  }

  private func toggle() {
    let found = found
    guard !found.isEmpty else { return }
    let here = cursor(in: found)
    if picked.remove(found[here].id) == nil { picked.insert(found[here].id) }
    moveCursor(to: here + 1)
  }

  /// Picks all that the filter leaves, or none of them if all are picked.
  private func toggleAll() {
    let ids = Set(found.map(\.id))
    if ids.isSubset(of: picked) { picked.subtract(ids) } else { picked.formUnion(ids) }
  }

  private func pick() -> LayerAnswer {
    // Enter on an unpicked list means the cloud under the cursor.
    if picked.isEmpty { toggle() }
    guard !picked.isEmpty else { return .stay }
    return .replace(onPick(clouds.filter { picked.contains($0.id) }))
  }
}

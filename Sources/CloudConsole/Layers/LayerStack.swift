import TerminalUI

/// The open layers, the topmost last, and whether each has been on the screen.
@MainActor
final class LayerStack {
  struct Entry {
    let layer: any Layer
    fileprivate(set) var isPresented = false

    /// Whether the layer receives every key, and not only those that leave it.
    @MainActor var takesKeys: Bool { isPresented || layer.takesKeysTypedAhead }
  }

  /// The drawings of the layers, with the state that they settled.
  struct Drawing {
    let shown: [(layer: any Layer, drawing: LayerDrawing)]
    /// The layers that were done before the drawing: they are not drawn.
    let finished: [any Layer]
  }

  private(set) var entries: [Entry] = []
  /// The layers in the last frame.
  private var framed: Set<ObjectIdentifier> = []
  private let onChange: @MainActor () -> Void

  /// - Parameter onChange: called when another layer becomes the topmost one, so that a frame is due.
  init(onChange: @escaping @MainActor () -> Void) {
    self.onChange = onChange
  }

  var isEmpty: Bool { entries.isEmpty }
  var count: Int { entries.count }
  var last: Entry? { entries.last }

  /// Opens a layer on top. Keys read before it is on the screen don't answer it, unless it is a mere menu.
  func open(_ layer: any Layer) {
    entries.append(Entry(layer: layer))
    onChange()
  }

  func removeTop() {
    entries.popLast()?.layer.wasRemoved()
    onChange()
  }

  func removeAll() {
    while !isEmpty { removeTop() }
  }

  /// Draws the layers, the lowest first, without changing any state.
  func draw(size: Size, textWidth: TextWidth) -> Drawing {
    let layers = entries.map(\.layer)
    return Drawing(
      shown: layers.filter { !$0.isFinished }.map { ($0, $0.draw(size: size, textWidth: textWidth)) },
      finished: layers.filter(\.isFinished))
  }

  /// Removes the finished layers; the others keep the state that drawing settled.
  func takeOver(_ drawing: Drawing) {
    for layer in drawing.finished {
      entries.removeAll { $0.layer === layer }
      layer.wasRemoved()
    }
    for (layer, drawing) in drawing.shown { layer.takeOver(drawing.settled) }
    framed = Set(drawing.shown.map { ObjectIdentifier($0.layer) })
  }

  /// Whether the topmost layer has not been on the screen yet, and must be before it takes a key.
  var awaitsPresentation: Bool { last.map { !$0.takesKeys } ?? false }

  /// Reports that the last frame is on the screen.
  func wasPresented() {
    // A layer that was opened after the frame was made is not part of it.
    for index in entries.indices where framed.contains(ObjectIdentifier(entries[index].layer)) {
      entries[index].isPresented = true
    }
    // What the layers below show now, the user may not see.
    entries.last { framed.contains(ObjectIdentifier($0.layer)) }?.layer.wasPresented()
  }
}

import TerminalUI

/// What lies over the panes, the topmost last, and whether each was on the screen yet.
@MainActor
final class LayerStack {
  struct Entry {
    let layer: any Layer
    fileprivate(set) var isPresented = false
  }

  /// What the layers show, and what drawing them settled.
  struct Drawing {
    let shown: [(layer: any Layer, drawing: LayerDrawing)]
    /// Those whose work was done before: they are shown no more.
    let finished: [any Layer]
  }

  private(set) var entries: [Entry] = []
  /// The layers that the last frame shows.
  private var framed: Set<ObjectIdentifier> = []
  private let onChange: @MainActor () -> Void

  /// - Parameter onChange: called when another layer lies on top, so that a frame is due.
  init(onChange: @escaping @MainActor () -> Void) {
    self.onChange = onChange
  }

  var isEmpty: Bool { entries.isEmpty }
  var count: Int { entries.count }
  var last: Entry? { entries.last }

  /// Puts a layer on top. Keys read before it is on the screen will not answer it.
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

  /// What is to be seen of them, the lowest first. It changes nothing.
  func draw(size: Size, textWidth: TextWidth) -> Drawing {
    let layers = entries.map(\.layer)
    return Drawing(
      shown: layers.filter { !$0.isFinished }.map { ($0, $0.draw(size: size, textWidth: textWidth)) },
      finished: layers.filter(\.isFinished))
  }

  /// What was drawn is the frame now: what is finished goes, the others keep what drawing settled.
  func takeOver(_ drawing: Drawing) {
    for layer in drawing.finished {
      entries.removeAll { $0.layer === layer }
      layer.wasRemoved()
    }
    for (layer, drawing) in drawing.shown { layer.takeOver(drawing.settled) }
    framed = Set(drawing.shown.map { ObjectIdentifier($0.layer) })
  }

  /// Whether something lies on top that was not on the screen yet.
  var awaitsPresentation: Bool { last?.isPresented == false }

  /// The last frame made is on the screen.
  func wasPresented() {
    // What came to lie on top after the frame was made is not part of it.
    for index in entries.indices where framed.contains(ObjectIdentifier(entries[index].layer)) {
      entries[index].isPresented = true
      entries[index].layer.wasPresented()
    }
  }
}

import TerminalUI
import Testing

@testable import CloudConsole

/// A layer that records the calls to it.
@MainActor
private final class LayerUnderTest: Layer {
  var isFinished = false
  private(set) var events: [String] = []
  private let name: String

  init(_ name: String = "") {
    self.name = name
  }

  func draw(size: Size, textWidth: TextWidth) -> LayerDrawing {
    let content = DialogContent(
      title: name, lines: [], footer: DialogFooter(alternative: KeyHint("", "")), extent: .large)
    return LayerDrawing(content: content, settled: .lines(ScrollingLayer.Drawn()))
  }

  func handle(_ event: TerminalEvent) -> LayerAnswer { .stay }
  func takeOver(_ settled: LayerDrawing.Settled) { events.append("takes over") }
  func wasPresented() { events.append("presented") }
  func wasRemoved() { events.append("removed") }
}

@MainActor
struct LayerStackTests {
  private let size = Size(columns: 80, rows: 24)

  private func draw(_ layers: LayerStack) -> LayerStack.Drawing { layers.draw(size: size, textWidth: .ascii) }

  private func titles(_ drawing: LayerStack.Drawing) -> [String] { drawing.shown.map(\.drawing.content.title) }

  @Test func theLowestIsDrawnFirstAndDrawingTellsThemNothing() {
    let (layers, low, high) = (LayerStack {}, LayerUnderTest("low"), LayerUnderTest("high"))
    layers.open(low)
    layers.open(high)
    #expect(titles(draw(layers)) == ["low", "high"])
    #expect(titles(draw(layers)) == ["low", "high"])
    #expect(low.events.isEmpty && high.events.isEmpty)
    #expect(layers.last?.layer === high)
  }

  @Test func whatIsFinishedIsShownNoMoreAndGoesWithTheFrame() {
    let (layers, low, high) = (LayerStack {}, LayerUnderTest("low"), LayerUnderTest("high"))
    layers.open(low)
    layers.open(high)
    low.isFinished = true
    let drawing = draw(layers)
    #expect(titles(drawing) == ["high"])
    #expect(layers.count == 2)
    layers.takeOver(drawing)
    #expect(layers.count == 1)
    #expect(low.events == ["removed"])
    #expect(high.events == ["takes over"])
  }

  @Test func aLayerIsPresentedOnlyByAFrameThatShowsIt() {
    let (layers, low, high) = (LayerStack {}, LayerUnderTest("low"), LayerUnderTest("high"))
    layers.open(low)
    #expect(layers.awaitsPresentation)
    layers.takeOver(draw(layers))
    #expect(layers.awaitsPresentation)
    layers.open(high)
    layers.wasPresented()
    #expect(low.events == ["takes over", "presented"])
    #expect(high.events.isEmpty)
    #expect(layers.awaitsPresentation)
    #expect(layers.last?.isPresented == false)
    layers.takeOver(draw(layers))
    layers.wasPresented()
    #expect(layers.last?.isPresented == true)
    #expect(!layers.awaitsPresentation)
  }

  /// A question that becomes ready below the help was not seen to be ready.
  @Test func whatIsCoveredIsNotPresentedUntilItIsOnTop() {
    let (layers, low, high) = (LayerStack {}, LayerUnderTest("low"), LayerUnderTest("high"))
    layers.open(low)
    layers.open(high)
    layers.takeOver(draw(layers))
    layers.wasPresented()
    #expect(low.events == ["takes over"] && high.events == ["takes over", "presented"])
    layers.removeTop()
    layers.takeOver(draw(layers))
    layers.wasPresented()
    #expect(low.events == ["takes over", "takes over", "presented"])
  }

  @Test func eachThatGoesIsToldAndAFrameIsDueForIt() {
    var changes = 0
    let (layers, low, high) = (LayerStack { changes += 1 }, LayerUnderTest(), LayerUnderTest())
    layers.open(low)
    layers.open(high)
    layers.removeTop()
    #expect(layers.last?.layer === low)
    layers.removeAll()
    #expect(layers.isEmpty && !layers.awaitsPresentation)
    #expect(low.events == ["removed"] && high.events == ["removed"])
    #expect(changes == 4)
  }
}

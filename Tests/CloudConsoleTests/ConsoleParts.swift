import CloudViewModels
import TerminalUI

@testable import CloudConsole

/// What tests look at, wherever in the console it is kept.
extension Console {
  var workspace: Workspace { panes.workspace }
  var context: ModelContext { panes.context }
  var table: any TableModel { panes.table }
  var focus: Int { panes.focus }
  var isZoomed: Bool { panes.isZoomed }
  var filterEditor: LineEditor? { panes.filterEditor }
  var layout: ConsoleLayout { display.layout }
  var hints: [KeyHint] { commands.rules.hints }

  func refusal(of command: Command) -> String? { commands.rules.refusal(of: command) }
  func setFocus(_ index: Int) { panes.setFocus(index) }
  func open(_ layer: any Layer) { layers.open(layer) }

  func screen(textWidth: TextWidth) -> Screen { draw(textWidth: textWidth).screen }

  /// Makes the next frame as the program does.
  func frame(textWidth: TextWidth) -> Frame {
    let drawing = draw(textWidth: textWidth)
    takeOver(drawing)
    return drawing.frame
  }
}

extension LayerStack {
  func contains(where predicate: (Entry) -> Bool) -> Bool { entries.contains(where: predicate) }
}

extension Layer {
  func content(size: Size, textWidth: TextWidth) -> DialogContent {
    draw(size: size, textWidth: textWidth).content
  }
}

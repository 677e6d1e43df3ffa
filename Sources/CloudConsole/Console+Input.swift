import CloudViewModels
import TerminalUI

extension Console {
  /// Takes events in the order they were read.
  public func handle(_ events: [TerminalEvent]) {
    for event in events { handle(event) }
  }

  private func handle(_ event: TerminalEvent) {
    leaveMissingPanes()
    // Reports that nobody asked for: another program left them on, or somebody sends them.
    if case .mouse = event, !settings.mouse { return }
    if case .resize(let size) = event {
      self.size = size
      context.activity.changed()
      return
    }
    if case .key(let key) = event {
      context.notices.keyPressed()
      // These concern the terminal, whatever lies on top.
      if let command = keymap.command(for: key), command == .redraw || command == .suspend {
        run(command)
        return
      }
    }
    if let (layer, isPresented) = layers.last {
      // Typed before the person could see what it would answer.
      guard isPresented else { return }
      answer(layer.handle(event), from: layer)
      context.activity.changed()
    } else if case .mouse(let mouse) = event {
      handle(mouse)
    } else if filterEditor != nil {
      typeFilter(event)
    } else if case .key(let key) = event, let command = keymap.command(for: key) {
      run(command)
    }
  }

  private func answer(_ answer: LayerAnswer, from layer: any Layer) {
    switch answer {
    case .stay: break
    case .close: removeTopLayer()
    case .open(let next): open(next)
    case .run(let command):
      removeTopLayer()
      run(command)
    case .runOnSelected(let command):
      removeTopLayer()
      run(command, about: .selected)
    }
  }

  private func typeFilter(_ event: TerminalEvent) {
    switch event {
    case .paste(let text):
      filterEditor?.insert(text)
    case .key(.escape), .key(.control("c")):
      filterEditor = nil
      table.filter = TextFilter()
    case .key(.enter), .key(.tab):
      filterEditor = nil
      // The keys that typed it took the notice away.
      table.sayHiddenMarks()
    case .key(.down), .key(.up), .key(.pageDown), .key(.pageUp):
      // The rows can be walked while the filter is open.
      if case .key(let key) = event, let command = keymap.command(for: key) { run(command) }
    case .key(let key):
      _ = filterEditor?.handle(key)
    default: break
    }
    if let filterEditor { table.filter = TextFilter(filterEditor.text) }
    context.activity.changed()
  }
}

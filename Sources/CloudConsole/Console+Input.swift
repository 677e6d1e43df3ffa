import CloudChanges
import CloudViewModels
import TerminalUI

extension Console {
  /// Takes events in the order they were read.
  public func handle(_ events: [TerminalEvent]) {
    var rest = events[...]
    while let event = rest.first {
      // A key that was held, or came all at once over a slow line: one move of so many rows.
      let count = rest.prefix { $0 == event }.count
      rest = rest.dropFirst(count)
      if count > 1, let rows = rowsMoved(by: event) {
        context.notices.keyPressed()
        move(by: rows * count)
      } else {
        for _ in 0..<count { handle(event) }
      }
    }
  }

  /// Whether a key belongs into what is being typed.
  private func isTyped(_ key: Key) -> Bool {
    if case .character = key { !layers.isEmpty || filterEditor != nil } else { false }
  }

  /// How many rows an event moves the cursor by, and nothing else; `nil` where it means something else.
  private func rowsMoved(by event: TerminalEvent) -> Int? {
    leaveMissingPanes()
    guard layers.isEmpty, filterEditor == nil, case .key(let key) = event else { return nil }
    return keymap.command(for: key).flatMap { rows(of: $0) }
  }

  /// Takes an event. The one place that knows what Esc means for what came with it: an Alt key that is none here is Esc and
  /// that key, what may hold an Esc leaves a question, and a key behind an Esc confirms and destroys nothing.
  private func handle(_ event: TerminalEvent) {
    switch event {
    case .key(.alt(let key)):
      isAltTaken = takes(alt: key)
      guard !isAltTaken else { return take(event) }
      take(.key(.escape))
      take(.keyBehindEscape(key))
    case .key(.escape):
      isAltTaken = false
      take(event)
    case _ where event.mayHoldEscape && layers.last?.layer.isQuestion == true: handle(.key(.escape))
    case .key(.keypad(let character)):
      let isAnswer = layers.last.map { $0.layer.isQuestion && !$0.layer.isTyping } ?? false
      handle(.key(isAnswer ? .escape : .character(character)))
    case .keyBehindEscape(.keypad(let character)): handle(.keyBehindEscape(.character(character)))
    // The Alt key that it is behind was no Esc.
    case .keyBehindEscape(let key) where isAltTaken: take(.key(key))
    default: take(event)
    }
  }

  /// Whether Alt and that key mean something to what has the keys now.
  private func takes(alt key: Key) -> Bool {
    let command = keymap.command(for: .alt(key))
    if command == .redraw || command == .suspend { return true }
    guard let layer = layers.last?.layer else {
      return filterEditor == nil ? command != nil : LineEditor.takes(alt: key)
    }
    if layer.isQuestion { return false }
    return layer.isTyping ? LineEditor.takes(alt: key) : command.map { layer.takes($0) } ?? false
  }

  private func take(_ event: TerminalEvent) {
    leaveMissingPanes()
    // Reports that nobody asked for: another program left them on, or somebody sends them.
    if case .mouse = event, !settings.mouse { return }
    if case .resize(let size) = event {
      self.size = size
      context.activity.changed()
      return
    }
    if case .undecodable(let bytes) = event {
      sayNotInserted(bytes)
      return
    }
    if let key = event.key {
      keysPressed += 1
      context.notices.keyPressed()
      // These concern the terminal, whatever lies on top. A letter that a person chose for one is still typed.
      if let command = keymap.command(for: key), command == .redraw || command == .suspend, !isTyped(key) {
        run(command)
        return
      }
    }
    // What can't be seen isn't answered, nor typed into: all that is left is to leave where nothing lies on top.
    if layout.arrangement == .tooSmall {
      if layers.isEmpty, let key = event.key, keymap.command(for: key) == .quit { run(.quit) }
      return
    }
    if let (layer, isPresented) = layers.last {
      // Typed before the person could see what it would answer. Who leaves doesn't need to see it.
      guard isPresented || event == .key(.escape) || event == .key(.control("c")) else { return }
      answer(layer.handle(event), from: layer)
      context.activity.changed()
    } else if case .mouse(let mouse) = event {
      handle(mouse)
    } else if filterEditor != nil {
      typeFilter(event)
    } else if let key = event.key, let command = keymap.command(for: key) {
      if case .keyBehindEscape = event, key == .enter || keymap.binding(of: command)?.isDangerous == true {
        context.notices.say(.information, "\(key.title) arrived together with Esc and was ignored: press it again.")
      } else {
        run(command)
      }
    }
  }

  /// Says that bytes were left out of what is being typed; where nothing is, they are of no interest.
  private func sayNotInserted(_ bytes: [UInt8]) {
    guard !layers.isEmpty || filterEditor != nil else { return }
    let shown = bytes.prefix(4).map { "0x" + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    let cut = bytes.count > 4 ? " and \(bytes.count - 4) more" : ""
    undecodableNotice = context.notices.say(
      .failure,
      "Not inserted: \(shown)\(cut), not valid in the locale's encoding. The terminal must send the encoding that LANG names.",
      insteadOf: undecodableNotice)
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
    // A filter changes nothing: it takes what came behind an Esc, too.
    switch event.key.map({ .key($0) }) ?? event {
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

import CloudChanges
import CloudViewModels
import TerminalUI

/// Delivers each event to the topmost layer, to the filter that is being typed, or to the keymap.
@MainActor
final class ConsoleInput {
  private var escapes = EscapeReading()
  /// The last notice about bytes that are not text.
  private var undecodableNotice: Notice.ID?
  private let panes: Panes
  private let layers: LayerStack
  private let display: Display
  private let mouse: PaneMouse
  private let documents: DocumentEditing
  private let commands: CommandRunner
  private let keymap: Keymap

  init(
    panes: Panes, layers: LayerStack, display: Display, mouse: PaneMouse, documents: DocumentEditing,
    commands: CommandRunner, keymap: Keymap
  ) {
    self.panes = panes
    self.layers = layers
    self.display = display
    self.mouse = mouse
    self.documents = documents
    self.commands = commands
    self.keymap = keymap
  }

  private var notices: NoticeBoard { panes.context.notices }

  /// Handles events in the order they were read.
  func handle(_ events: [TerminalEvent]) {
    var rest = events[...]
    while let event = rest.first {
      // A repeated key is one move by several rows.
      let count = rest.prefix { $0 == event }.count
      rest = rest.dropFirst(count)
      if count > 1, let rows = rowsMoved(by: event) {
        notices.keyPressed()
        panes.move(by: rows * count)
      } else {
        for _ in 0..<count {
          for event in escapes.meaning(of: event, for: target) { take(event) }
        }
      }
    }
  }

  /// Whether the key is typed into a layer or a filter.
  private func isTyped(_ key: Key) -> Bool {
    if case .character = key { !layers.isEmpty || panes.filterEditor != nil } else { false }
  }

  /// The number of rows that an event moves the cursor by; `nil` if it does anything else.
  private func rowsMoved(by event: TerminalEvent) -> Int? {
    panes.leaveMissing()
    guard layers.isEmpty, panes.filterEditor == nil, case .key(let key) = event else { return nil }
    return keymap.command(for: key).flatMap { commands.rules.rows(of: $0) }
  }

  /// What receives the keys.
  private var target: EscapeReading.Target {
    let layer = layers.last?.layer
    return EscapeReading.Target(isQuestion: layer?.isQuestion ?? false, isTyping: layer?.isTyping ?? false) {
      [self] in takes(alt: $0)
    }
  }

  private func takes(alt key: Key) -> Bool {
    let command = keymap.command(for: .alt(key))
    if command == .redraw || command == .suspend { return true }
    guard let layer = layers.last?.layer else {
      return panes.filterEditor == nil ? command != nil : LineEditor.takes(alt: key)
    }
    if layer.isQuestion { return false }
    return layer.isTyping ? LineEditor.takes(alt: key) : command.map { layer.takes($0) } ?? false
  }

  private func take(_ event: TerminalEvent) {
    panes.leaveMissing()
    // Unrequested mouse reports: another program left them on, or sends them.
    if case .mouse = event, !mouse.isOn { return }
    if case .resize(let size) = event { return display.resize(to: size) }
    if case .undecodable(let bytes) = event { return sayNotInserted(bytes) }
    if let key = event.key {
      documents.keyPressed()
      notices.keyPressed()
      // These commands concern the terminal and work over any layer. A letter that the user bound to one is still
      // typed.
      if let command = keymap.command(for: key), command == .redraw || command == .suspend, !isTyped(key) {
        commands.run(command)
        return
      }
    }
    // On a screen that is too small to show the panes or a layer, only quit works, and only if no layer is open.
    if display.layout.arrangement == .tooSmall {
      if layers.isEmpty, let key = event.key, keymap.command(for: key) == .quit { commands.run(.quit) }
      return
    }
    if let top = layers.last {
      // Ignore keys typed before the layer was visible, except those that leave it.
      guard top.takesKeys || event == .key(.escape) || event == .key(.control("c")) else { return }
      if case .mouse(let mouse) = event, mouse.isClick {
        click(mouse.place, on: top.layer)
      } else if asksForHelp(event, top.layer), let dialog = display.topDialog {
        // A question that is settled asks for no text any more.
        let isTyping = top.layer.isTyping && (dialog.cursor != nil || dialog.footer.prompt != nil)
        let help = DialogHelp(dialog, further: top.layer.furtherKeys, isTyping: isTyping)
        layers.open(commands.help(over: help))
      } else {
        take(top.layer.handle(event))
      }
      panes.context.activity.changed()
    } else if case .mouse(let mouse) = event {
      switch self.mouse.action(after: mouse) {
      case .none: break
      case .open: commands.run(.open)
      case .press(let key): take(.key(key))
      }
    } else if panes.filterEditor != nil {
      typeFilter(event)
    } else if let key = event.key, let command = keymap.command(for: key) {
      if case .keyBehindEscape = event, key == .enter || keymap.binding(of: command)?.isDangerous == true {
        notices.say(.information, "\(key.title) arrived together with Esc and was ignored: press it again.")
      } else {
        commands.run(command)
      }
    }
  }

  /// Whether a key opens the help over a layer. A letter is for the layer, and so is `?` where text is typed.
  private func asksForHelp(_ event: TerminalEvent, _ layer: any Layer) -> Bool {
    guard case .key(let key) = event, keymap.command(for: key) == .help, !layer.takes(.help) else { return false }
    guard case .character(let character) = key else { return true }
    return !layer.isTyping && !character.isLetter
  }

  /// A click on a button of the footer presses its key; other clicks are for the layer.
  private func click(_ point: Point, on layer: any Layer) {
    if let key = mouse.key(at: point) {
      take(.key(key))
    } else if let line = display.dialogLine(at: point) {
      take(layer.click(line))
    }
  }

  private func take(_ answer: LayerAnswer) {
    switch answer {
    case .stay: break
    case .close: layers.removeTop()
    case .open(let next): layers.open(next)
    case .replace(let next):
      layers.removeTop()
      layers.open(next)
    case .run(let command):
      layers.removeTop()
      commands.run(command)
    case .runOnSelected(let command):
      layers.removeTop()
      commands.run(command, about: .selected)
    }
  }

  private func typeFilter(_ event: TerminalEvent) {
    switch event {
    // The cursor moves through the rows while the filter is open.
    case .key(let key) where [.down, .up, .pageDown, .pageUp].contains(key):
      if let command = keymap.command(for: key) { commands.run(command) }
      panes.context.activity.changed()
    default: panes.type(event)
    }
  }

  /// Reports bytes that were left out of the text being typed; ignores them if no text is being typed.
  private func sayNotInserted(_ bytes: [UInt8]) {
    guard !layers.isEmpty || panes.filterEditor != nil else { return }
    let shown = bytes.prefix(4).map { "0x" + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    let cut = bytes.count > 4 ? " and \(bytes.count - 4) more" : ""
    undecodableNotice = notices.say(
      .failure,
      "Not inserted: \(shown)\(cut), not valid in the locale's encoding. The terminal must send the encoding that LANG names.",
      insteadOf: undecodableNotice)
  }
}

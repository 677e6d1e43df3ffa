import CloudChanges
import CloudViewModels
import TerminalUI

/// Gives each event that was read to what has the keys: the topmost layer, the filter that is being typed, or the keymap.
@MainActor
final class ConsoleInput {
  private var escapes = EscapeReading()
  /// What was said last of bytes that are no text.
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

  /// Takes events in the order they were read.
  func handle(_ events: [TerminalEvent]) {
    var rest = events[...]
    while let event = rest.first {
      // A key that was held, or came all at once over a slow line: one move of so many rows.
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

  /// Whether a key belongs into what is being typed.
  private func isTyped(_ key: Key) -> Bool {
    if case .character = key { !layers.isEmpty || panes.filterEditor != nil } else { false }
  }

  /// How many rows an event moves the cursor by, and nothing else; `nil` where it means something else.
  private func rowsMoved(by event: TerminalEvent) -> Int? {
    panes.leaveMissing()
    guard layers.isEmpty, panes.filterEditor == nil, case .key(let key) = event else { return nil }
    return keymap.command(for: key).flatMap { commands.rules.rows(of: $0) }
  }

  /// What has the keys now.
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
    // Reports that nobody asked for: another program left them on, or somebody sends them.
    if case .mouse = event, !mouse.isOn { return }
    if case .resize(let size) = event { return display.resize(to: size) }
    if case .undecodable(let bytes) = event { return sayNotInserted(bytes) }
    if let key = event.key {
      documents.keyPressed()
      notices.keyPressed()
      // These concern the terminal, whatever lies on top. A letter that a person chose for one is still typed.
      if let command = keymap.command(for: key), command == .redraw || command == .suspend, !isTyped(key) {
        commands.run(command)
        return
      }
    }
    // What can't be seen isn't answered, nor typed into: all that is left is to leave where nothing lies on top.
    if display.layout.arrangement == .tooSmall {
      if layers.isEmpty, let key = event.key, keymap.command(for: key) == .quit { commands.run(.quit) }
      return
    }
    if let top = layers.last {
      // Typed before the person could see what it would answer. Who leaves doesn't need to see it.
      guard top.isPresented || event == .key(.escape) || event == .key(.control("c")) else { return }
      take(top.layer.handle(event))
      panes.context.activity.changed()
    } else if case .mouse(let mouse) = event {
      if self.mouse.opensRow(after: mouse) { commands.run(.open) }
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

  private func take(_ answer: LayerAnswer) {
    switch answer {
    case .stay: break
    case .close: layers.removeTop()
    case .open(let next): layers.open(next)
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
    // The rows can be walked while the filter is open.
    case .key(let key) where [.down, .up, .pageDown, .pageUp].contains(key):
      if let command = keymap.command(for: key) { commands.run(command) }
      panes.context.activity.changed()
    default: panes.type(event)
    }
  }

  /// Says that bytes were left out of what is being typed; where nothing is, they are of no interest.
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

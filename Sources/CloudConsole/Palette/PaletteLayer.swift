import CloudChanges
import FoundationEssentials
import TerminalUI

/// Every command, with a search and with the arguments of those that take one; Enter runs what is selected.
@MainActor
final class PaletteLayer: Layer {
  /// What the palette asks of the console.
  struct Rules {
    /// The reason why a command is unavailable.
    let refusal: @MainActor (Command) -> String?
    /// The number of marked records that a command acts on; 0 if it doesn't act on marked records.
    let markedCount: @MainActor (Command) -> Int
  }

  let keymap: Keymap
  let rules: Rules
  private let arguments: CommandArguments
  private(set) var editor: LineEditor
  /// The row that the user moved to since the text changed.
  private var moved: Int?
  /// The rows on the screen.
  private var window = LineWindow()
  /// Why the last Enter did nothing, and the number of such messages, so that a screen reader repeats an equal one.
  private(set) var problem: String?
  private(set) var problems = 0
  /// Since when a command with its argument is being prepared, and how that is cancelled.
  private(set) var work: (since: Date, cancel: @MainActor () -> Void)?
  private(set) var isFinished = false

  /// - Parameters:
  ///   - text: what is typed already.
  ///   - problem: why it did nothing.
  init(keymap: Keymap, rules: Rules, arguments: CommandArguments, text: String = "", problem: String? = nil) {
    self.keymap = keymap
    self.rules = rules
    self.arguments = arguments
    self.problem = problem
    editor = LineEditor(text)
  }

  var isTyping: Bool { true }

  // MARK: What the text means

  var line: PaletteLine { keymap.paletteLine(editor.text) }

  /// The rows under the text.
  var rows: [PaletteRow] {
    switch line {
    case .commands(let found): return found.map(PaletteRow.command)
    case .excess(let named, let others): return ([named] + others).map(PaletteRow.command)
    case .argument(let binding, let text): return arguments.choices(of: binding.command, text).map(PaletteRow.choice)
    }
  }

  /// The row that Enter takes; `nil` if the text alone counts.
  func selected(of rows: [PaletteRow]) -> Int? {
    guard !rows.isEmpty else { return nil }
    if let moved { return min(moved, rows.count - 1) }
    guard case .argument(_, let text) = line else { return 0 }
    // What is typed is replaced only where a single choice is meant.
    if text.isEmpty { return rows.firstIndex { $0.isPresent } ?? 0 }
    return rows.count == 1 || rows[0].isExact ? 0 : nil
  }

  /// The command that the row or the argument is about.
  func binding(at row: PaletteRow?) -> Binding? {
    if case .argument(let binding, _) = line { return binding }
    if case .command(let binding)? = row { return binding }
    return nil
  }

  /// What the user should know of the selected row: why Enter would do nothing, or what it does.
  func explanation(of row: PaletteRow?) -> (text: String, isProblem: Bool) {
    if let work {
      let isSlow = WaitText.text(since: work.since, now: arguments.now()) != nil
      return (isSlow ? "Looking at the file…" : "", false)
    }
    if let problem { return (problem, true) }
    guard let binding = binding(at: row) else { return ("No matching command.", false) }
    if case .excess(binding, _) = line { return (Self.excess(binding), true) }
    if let reason = rules.refusal(binding.command) { return (reason, false) }
    switch line {
    case .argument(_, let text): return (arguments.explanation(of: binding, text, row?.choice), false)
    default: return (binding.help, false)
    }
  }

  private static func excess(_ binding: Binding) -> String {
    "\(binding.command.rawValue) takes no argument"
      + (binding.command.writes ? ": run it alone, and a form or a question follows." : ".")
  }

  // MARK: Keys

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    guard !isFinished else { return .stay }
    if work != nil {
      guard [.key(.escape), .key(.control("c"))].contains(event) else { return .stay }
      cancel()
      return .stay
    }
    if case .paste(let text) = event {
      editor.insert(text)
      textChanged()
    }
    guard case .key(let key) = event else { return .stay }
    let rows = rows
    switch key {
    case .escape, .control("c"): return .close
    case .enter: return run(rows)
    case .tab: complete(rows)
    case .down, .control("n"): move(1, rows)
    case .up, .backTab, .control("p"): move(-1, rows)
    case .pageDown: move(max(1, window.count - 1), rows)
    case .pageUp: move(-max(1, window.count - 1), rows)
    case .home: move(-rows.count, rows)
    case .end: move(rows.count, rows)
    default:
      let before = editor.text
      if editor.handle(key), editor.text != before { textChanged() }
    }
    return .stay
  }

  private func move(_ count: Int, _ rows: [PaletteRow]) {
    problem = nil
    guard !rows.isEmpty else { return }
    moved = max(0, min((selected(of: rows) ?? -1) + count, rows.count - 1))
  }

  private func textChanged() {
    moved = nil
    problem = nil
  }

  private func set(_ text: String) {
    editor = LineEditor(text)
    textChanged()
  }

  /// Completes an argument, or the name of a command that takes one; else moves down, as in other lists.
  private func complete(_ rows: [PaletteRow]) {
    let row = selected(of: rows).map { rows[$0] }
    switch line {
    case .argument(let binding, let text):
      if let more = arguments.completion(of: binding.command, text) { return set(editor.text + more) }
      guard let choice = (row ?? rows.first)?.choice else { return }
      set("\(binding.command.rawValue) \(choice.text)")
    case .commands, .excess:
      guard let binding = binding(at: row), binding.argument != nil, !editor.text.isEmpty else { return move(1, rows) }
      set(binding.command.rawValue + " ")
    }
  }

  private func run(_ rows: [PaletteRow]) -> LayerAnswer {
    let row = selected(of: rows).map { rows[$0] }
    problem = nil
    guard let binding = binding(at: row) else { return .stay }
    switch line {
    case .excess(let named, _) where named == binding: return refuse(Self.excess(binding))
    case .argument(_, let text) where moved != nil || !text.isEmpty || binding.argument?.isRequired == true:
      if let reason = rules.refusal(binding.command) { return refuse(reason) }
      let choice = moved != nil || text.isEmpty || row?.isExact == true || rows.count == 1 ? row?.choice : nil
      return run(binding, choice?.text ?? text)
    case .commands where binding.argument?.isRequired == true:
      // A word such as `dark` is also a choice of the command that it found.
      let word = editor.text.trimmingBlanks()
      let isChoice = arguments.choices(of: binding.command, word).contains { $0.text == word }
      set("\(binding.command.rawValue) \(isChoice ? word : "")")
      return .stay
    default: return .run(binding.command)
    }
  }

  private func run(_ binding: Binding, _ text: String) -> LayerAnswer {
    let line = "\(binding.command.rawValue) \(text)"
    switch arguments.run(binding.command, text, from: self) {
    case .done: return .close
    case .refused(let reason):
      return refuse(reason)
    case .replace(let layer): return .replace(layer)
    case .working(let cancel):
      editor = LineEditor(line)
      begin(cancel: cancel)
      return .stay
    }
  }

  private func refuse(_ reason: String) -> LayerAnswer {
    stop(because: reason)
    return .stay
  }

  // MARK: Commands that take a moment

  /// Takes no key but Esc until the work ends.
  func begin(cancel: @escaping @MainActor () -> Void) {
    problem = nil
    work = (arguments.now(), cancel)
  }

  /// Ends the work: the line stays, with the reason.
  func stop(because reason: String?) {
    work = nil
    problem = reason
    if reason != nil { problems += 1 }
  }

  /// Ends the work, and closes the palette.
  func finish() {
    work = nil
    isFinished = true
  }

  private func cancel() {
    work?.cancel()
    work = nil
  }

  func wasRemoved() { work?.cancel() }

  // MARK: Drawing

  func draw(size: Size, textWidth: TextWidth) -> LayerDrawing {
    let drawing = PaletteDrawing(palette: self, size: size, textWidth: textWidth, after: window)
    return LayerDrawing(content: drawing.content, settled: .lines(ScrollingLayer.Drawn(window: drawing.window)))
  }

  func takeOver(_ settled: LayerDrawing.Settled) {
    if case .lines(let drawn) = settled { window = drawn.window }
  }
}

/// One row of the palette.
enum PaletteRow: Hashable {
  case command(Binding)
  case choice(CommandArguments.Choice)

  var choice: CommandArguments.Choice? {
    if case .choice(let choice) = self { choice } else { nil }
  }

  /// Whether it is what was typed, letter by letter.
  var isExact: Bool { choice?.isExact == true }
  /// Whether it is the one in use.
  var isPresent: Bool { choice?.isPresent == true }
}

import CloudViewModels
import TerminalUI

/// A question about several records over the panes, and what becomes of each. Enter means Cancel, unless words were to be
/// typed and are complete.
@MainActor
final class BatchLayer: Layer {
  private let batch: BatchModel
  private var editor = LineEditor()
  /// The first line of the list of records that is shown.
  private var firstLine = 0
  /// How many of its lines the last frame showed.
  private var shownLines = 1
  /// Whether the person has seen that it can be confirmed: keys typed before that never answer.
  private var wasReadyOnScreen = false
  /// Whether the last frame says so.
  private var isReadyInFrame = false

  init(_ batch: BatchModel) {
    self.batch = batch
  }

  var isFinished: Bool { batch.phase == .done }

  var isQuestion: Bool { true }
  var isTyping: Bool { asksForWords }

  func wasPresented() {
    wasReadyOnScreen = isReadyInFrame
  }

  func wasRemoved() {
    batch.leave()
  }

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    switch event {
    case .paste(let text):
      guard asksForWords else { return .stay }
      editor.insert(text)
      batch.typed = editor.text
    case .key(let key):
      return handle(key)
    default: break
    }
    return .stay
  }

  private var asksForWords: Bool { batch.definition.typed != nil }

  private func handle(_ key: Key) -> LayerAnswer {
    switch key {
    case .escape, .control("c"):
      return batch.stop() ? .stay : .close
    case .enter:
      return enter()
    case .down: firstLine += 1
    case .up: firstLine -= 1
    case .pageDown: firstLine += shownLines
    case .pageUp: firstLine -= shownLines
    case .character("y"), .character("Y"):
      if asksForWords { return type(key) }
      if wasReadyOnScreen { batch.confirm() }
    default:
      return type(key)
    }
    return .stay
  }

  private func type(_ key: Key) -> LayerAnswer {
    guard asksForWords, editor.handle(key) else { return .stay }
    batch.typed = editor.text
    return .stay
  }

  private func enter() -> LayerAnswer {
    switch batch.phase {
    case .acting: return .stay
    case .refused, .settled, .done: return .close
    case .reading, .ready: break
    }
    guard asksForWords, batch.typed == batch.definition.typed?.text else {
      if asksForWords, !batch.typed.isEmpty { batch.sayNotDone() }
      return .close
    }
    if wasReadyOnScreen { batch.confirm() }
    return .stay
  }
}

extension BatchLayer {
  private static let columns = 72

  func content(size: Size, textWidth: TextWidth) -> DialogContent {
    isReadyInFrame = batch.phase == .ready
    let columns = DialogContent.textColumns(wanted: Self.columns, in: size)
    func wrap(_ text: String, _ style: Style = .normal) -> [DialogLine] {
      TextWrap.lines(text, columns: columns, textWidth: textWidth).map { DialogLine($0, style) }
    }
    let top = wrap(batch.definition.preface)
    let status = status(isShort: columns < 40)
    var bottom = [DialogLine()] + wrap(status.text, status.style)
    var cursorColumn: Int?
    if let wanted = batch.definition.typed, showsField {
      let text = "Type \(wanted.request) to confirm:  "
      var used = textWidth.columns(of: text)
      let needed = textWidth.columns(of: wanted.text) + 1
      if used + needed > columns {
        bottom.append(DialogLine(text))
        used = 0
      }
      let window = editor.window(columns: max(1, columns - used), textWidth: textWidth)
      cursorColumn = used + window.cursorColumn
      bottom.append(DialogLine([Span(used > 0 ? text : ""), Span(window.text, Style(underline: true))]))
    }
    // The question and its answer stay in sight; the list between them is scrolled.
    let list = BatchList(batch.items, columns: columns, textWidth: textWidth)
    let room = max(1, size.rows - 4 - top.count - bottom.count)
    if room < 3 { bottom.removeFirst() }
    shownLines = max(1, min(list.lines.count, size.rows - 4 - top.count - bottom.count))
    firstLine = min(max(0, firstLine), list.lines.count - shownLines)
    let lines = top + list.lines[firstLine..<firstLine + shownLines] + bottom
    return DialogContent(
      title: batch.definition.title, trailingTitle: scrollText(of: list), lines: lines, footer: footer,
      extent: .compact(columns: Self.columns), style: batch.definition.isDestructive ? .danger : .warning,
      focusedLine: lines.count - 1,
      cursor: cursorColumn.map { Point(column: $0, row: lines.count - 1) }, speech: speech)
  }

  /// Where in the list one is, if not all of it is on the screen.
  private func scrollText(of list: BatchList) -> String {
    guard shownLines < list.lines.count else { return "" }
    let shown = list.items[firstLine..<firstLine + shownLines]
    return "\((shown.first ?? 0) + 1)–\((shown.last ?? 0) + 1) of \(batch.items.count) ↑↓"
  }

  private var showsField: Bool {
    switch batch.phase {
    case .reading, .ready: true
    default: false
    }
  }

  private func status(isShort: Bool) -> (text: String, style: Style) {
    switch batch.phase {
    case .reading: return ("Reading them again…", .muted)
    case .ready:
      let text = "Read again just now; nothing changed since they were drawn."
      return (isShort ? "Read again: nothing changed." : text, .muted)
    case .refused(let text): return ("! " + text, .danger)
    case .acting:
      let count = batch.items.filter { $0.state != .asked && $0.state != .sending }.count
      let progress = "\(count) of \(batch.items.count) answered"
      return (batch.isStopping ? "\(progress); nothing more is sent." : "\(progress)…", .muted)
    case .settled:
      let isKnown = !batch.items.contains(where: \.isUnknown)
      return ("Not all \(isKnown ? "was" : "is known to be") done. The list is being read again.", .warning)
    case .done: return ("", .normal)
    }
  }

  private var footer: DialogFooter {
    let verb = "\(batch.definition.verb) \(batch.items.count)"
    switch batch.phase {
    case .acting:
      return batch.isStopping
        ? DialogFooter(wayOut: "Esc leave", consequence: "its outcome will be said")
        : DialogFooter(wayOut: "Esc stop after this one")
    case .refused, .settled, .done: return DialogFooter(wayOut: "Enter close")
    case .reading, .ready:
      guard asksForWords else { return DialogFooter(keys: ["y \(verb)"], wayOut: "Enter cancel") }
      return batch.canConfirm
        ? DialogFooter(keys: ["Enter \(verb)"], wayOut: "Esc cancel")
        : DialogFooter(wayOut: "Enter cancel", condition: "(typed in full: Enter does it)")
    }
  }

  private static let spokenItems = 10

  /// What it is about is said in one go, once all of it is known, and so is what became of each.
  private var speech: DialogSpeech {
    var speech = DialogSpeech()
    func say(_ text: String) {
      if !text.isEmpty { speech.remarks.append(DialogSpeech.Remark(text)) }
    }
    switch batch.phase {
    case .ready:
      let items = batch.items.prefix(Self.spokenItems).map(BatchList.text(of:))
      let more = batch.items.count - items.count
      let list = (items + (more > 0 ? ["and \(more) more"] : [])).joined(separator: "; ")
      // What was said before may have gone before it could be heard.
      say([batch.definition.title, batch.definition.preface, list].filter { !$0.isEmpty }.joined(separator: " "))
    case .settled, .refused:
      for item in batch.items {
        if let outcome = item.outcomeText { say("\(item.title): \(outcome)") }
      }
    case .reading, .acting, .done: break
    }
    say(status(isShort: false).text.spokenStatus)
    guard let wanted = batch.definition.typed, batch.phase == .ready else { return speech }
    if batch.canConfirm { say("Typed in full: Enter does it.") }
    speech.focus = DialogSpeech.Focus(id: "typed", text: "Type \(wanted.request) to confirm:", isTyped: true)
    return speech
  }
}

import CloudViewModels
import TerminalUI

/// A question over the panes that names its target. Enter means Cancel, unless a name was to be typed and is complete.
@MainActor
final class ConfirmationLayer: Layer {
  private let question: ConfirmationModel
  private var editor = LineEditor()
  /// Whether the person has seen that it can be confirmed: keys typed before that never answer.
  private var wasReadyOnScreen = false
  /// Whether the last frame says so.
  private var isReadyInFrame = false

  init(_ question: ConfirmationModel) {
    self.question = question
  }

  var isFinished: Bool { question.phase == .done }

  var isQuestion: Bool { true }
  var isTyping: Bool { asksForName }

  func wasPresented() {
    wasReadyOnScreen = isReadyInFrame
  }

  func wasRemoved() {
    question.leave()
  }

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    switch event {
    case .paste(let text):
      guard asksForName else { return .stay }
      editor.insert(text)
      question.typed = editor.text
    case .key(let key):
      return handle(key)
    default: break
    }
    return .stay
  }

  private var asksForName: Bool { question.wanted != nil }

  private func handle(_ key: Key) -> LayerAnswer {
    switch key {
    case .escape, .control("c"):
      return .close
    case .enter:
      return enter()
    case .character("y"), .character("Y"):
      if asksForName { break }
      if wasReadyOnScreen { question.confirm() }
      return .stay
    default: break
    }
    guard asksForName, editor.handle(key) else { return .stay }
    question.typed = editor.text
    return .stay
  }

  private func enter() -> LayerAnswer {
    if case .acting = question.phase { return .stay }
    let isNameComplete = asksForName && question.typed == question.wanted?.text
    guard question.phase == .ready || isReading else { return .close }
    guard isNameComplete else {
      if asksForName, !question.typed.isEmpty { question.sayNotDone() }
      return .close
    }
    if wasReadyOnScreen { question.confirm() }
    return .stay
  }

  private var isReading: Bool {
    if case .reading = question.phase { true } else { false }
  }
}

extension ConfirmationLayer {
  private static let columns = 68

  func content(size: Size, textWidth: TextWidth) -> DialogContent {
    question.ask(whereShown: textWidth.shows)
    isReadyInFrame = question.phase == .ready
    let columns = DialogContent.textColumns(wanted: Self.columns, in: size)
    var lines = lines(columns: columns, textWidth: textWidth)
    // What it is about is never known by its beginning alone.
    let title = question.definition.title
    let cutTitle = textWidth.columns(of: title) > columns - 2 ? title : nil
    if let cutTitle {
      lines = TextWrap.lines(cutTitle, columns: columns, textWidth: textWidth).map { DialogLine($0, .strong) } + lines
    }
    if lines.count + (asksForName && showsField ? 1 : 0) > DialogContent.compactLineCapacity(in: size) {
      lines = shortLines(cutTitle, columns: columns, textWidth: textWidth)
    }
    var cursor: Point?
    if let wanted = question.wanted, showsField {
      let prompt = "Type \(wanted.request) to confirm:  "
      let used = textWidth.columns(of: prompt)
      let window = editor.window(columns: max(1, columns - used), textWidth: textWidth)
      cursor = Point(column: used + window.cursorColumn, row: lines.count)
      lines.append(DialogLine([Span(prompt), Span(window.text, Style(underline: true))]))
    }
    return DialogContent(
      title: title, lines: lines, footer: footer, extent: .compact(columns: Self.columns),
      style: question.definition.isDestructive ? .danger : .warning,
      focusedLine: lines.count - 1, cursor: cursor, speech: speech)
  }

  /// What follows is said in one go, once all of it is known, and with what it is about: what was said before that may have
  /// gone before it could be heard.
  private var speech: DialogSpeech {
    var speech = DialogSpeech()
    let definition = question.definition
    if question.phase == .ready {
      let losses = question.consequences.map { $0 ?? "" }.joined(separator: "; ")
      let whole = [definition.title, definition.preface, losses].filter { !$0.isEmpty }.joined(separator: " ")
      speech.remarks = [DialogSpeech.Remark(whole)]
    }
    if !status.text.isEmpty { speech.remarks.append(DialogSpeech.Remark(status.text.spokenStatus)) }
    guard let wanted = question.wanted, question.phase == .ready else { return speech }
    if question.canConfirm {
      speech.remarks.append(DialogSpeech.Remark("Typed in full: Enter \(question.definition.verb)s."))
    }
    speech.focus = DialogSpeech.Focus(id: "typed", text: "Type \(wanted.request) to confirm:", isTyped: true)
    return speech
  }

  private func lines(columns: Int, textWidth: TextWidth) -> [DialogLine] {
    var lines = [DialogLine(question.definition.preface)]
    for text in question.consequences {
      let isUnknown = text?.hasPrefix("?") == true
      let wrapped = TextWrap.lines(text ?? "…", columns: max(1, columns - 5), textWidth: textWidth)
      for (index, line) in wrapped.enumerated() {
        let style: Style = text == nil ? .muted : isUnknown ? .warning : .strong
        lines.append(DialogLine([Span(index == 0 ? "   • " : "     "), Span(line, style)]))
      }
    }
    lines.append(DialogLine())
    return lines
      + TextWrap.lines(status.text, columns: columns, textWidth: textWidth).map { DialogLine($0, status.style) }
  }

  /// The same where there is no room for a line each: what will be lost and the field have to be seen together.
  private func shortLines(_ title: String?, columns: Int, textWidth: TextWidth) -> [DialogLine] {
    let consequences = question.consequences.map { $0 ?? "…" }.joined(separator: " · ")
    let isWell = question.phase == .ready
    let status = isWell ? (title == nil ? "Read again: nothing changed." : "", status.style) : status
    let first = title.map { [($0, Style.strong)] } ?? [(question.definition.preface, Style.normal)]
    return (first + [(consequences, .strong), status]).filter { !$0.0.isEmpty }.flatMap { text, style in
      TextWrap.lines(text, columns: columns, textWidth: textWidth).map { DialogLine($0, style) }
    }
  }

  private var showsField: Bool {
    switch question.phase {
    case .reading, .ready: true
    default: false
    }
  }

  private var status: (text: String, style: Style) {
    switch question.phase {
    case .reading: ("Reading it again…", .muted)
    case .ready: ("Read again just now; nothing changed since it was drawn.", .muted)
    case .refused(let text): ("! " + text, .danger)
    case .acting: ("Sent; waiting for the answer…", .muted)
    case .failed(let text): ("! " + text, .danger)
    case .done: ("", .normal)
    }
  }

  private var footer: DialogFooter {
    let verb = question.definition.verb
    switch question.phase {
    case .acting: return DialogFooter(wayOut: "Esc leave", consequence: "its outcome will be said")
    case .refused, .failed, .done: return DialogFooter(wayOut: "Enter close")
    case .reading, .ready:
      if question.canConfirm, asksForName { return DialogFooter(keys: ["Enter \(verb)"], wayOut: "Esc cancel") }
      guard let wanted = question.wanted else {
        return DialogFooter(keys: ["y \(verb)"], wayOut: "Enter cancel")
      }
      return DialogFooter(wayOut: "Enter cancel", condition: "(the \(wanted.title) complete: Enter \(verb)s)")
    }
  }
}

extension String {
  /// A status as it is said: the sign before a failure is for eyes.
  var spokenStatus: String { hasPrefix("! ") ? String(dropFirst(2)) : self }
}

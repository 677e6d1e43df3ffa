import CloudChanges
import CloudViewModels
import TerminalUI

/// Lists what can be copied from the screen: values, or skydeck commands.
@MainActor
final class CopyLayer: Layer {
  private let title: String
  private let offers: [CopyOffer]
  private let copy: @MainActor (String) -> CopyOutcome
  /// Whether the user selects text with Shift, because the console has the mouse.
  private let mouse: Bool
  private var selected = 0
  /// The number of copies made, so that a screen reader repeats an equal message.
  private var copies = 0
  /// The result of the last copy.
  private var report: (text: String, style: Style)?

  /// Copies at once if there is only one offer. The selection begins on the likeliest.
  ///
  /// - Parameters:
  ///   - copiesFirst: whether the first offer is copied at once, even if there are others.
  ///   - mouse: whether the console has the mouse, so that the user selects text with Shift.
  ///   - copy: copies text to the clipboard.
  init(
    _ offers: [CopyOffer], title: String = "Copy as command", copiesFirst: Bool = false, mouse: Bool = false,
    copy: @escaping @MainActor (String) -> CopyOutcome
  ) {
    self.title = title
    self.offers = offers
    self.mouse = mouse
    self.copy = copy
    selected = offers.firstIndex(where: \.isLikeliest) ?? 0
    if offers.count == 1 || copiesFirst { copySelected(isFirst: true) }
  }

  var takesKeysTypedAhead: Bool { true }

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    guard case .key(let key) = event else { return .stay }
    switch key {
    case .escape, .control("c"), .character("q"): return .close
    case .enter, .character("Y"), .character("y"): copySelected()
    case .down, .character("j"), .tab: selected = min(selected + 1, offers.count - 1)
    case .up, .character("k"), .backTab: selected = max(0, selected - 1)
    case .home, .character("g"): selected = 0
    case .end, .character("G"): selected = offers.count - 1
    case .character(let digit):
      // Only commands show numbers.
      guard offers[selected].isCommand, let number = digit.wholeNumberValue, offers.indices.contains(number - 1) else {
        break
      }
      selected = number - 1
      copySelected()
    default: break
    }
    return .stay
  }

  private var select: String { mouse ? "select it with Shift" : "select it" }

  /// - Parameter isFirst: whether nobody chose, so that the message need not say what was copied.
  private func copySelected(isFirst: Bool = false) {
    guard offers.indices.contains(selected) else { return }
    copies += 1
    switch offers[selected].content {
    case .command(let command) where command.holdsControls:
      report = (
        "Not copied: it contains control characters (shown as symbols), which a terminal may act on when pasted.",
        .warning
      )
    case .command(let command): send(command.text, controls: 0, isFirst: isFirst)
    case .refused(let reason): report = ("Not copied: \(reason)", .warning)
    case .value(_, let make):
      let text = make()
      send(text.text, controls: text.controls, isFirst: isFirst)
    }
  }

  private func send(_ text: String, controls: Int, isFirst: Bool) {
    switch copy(text) {
    case .sent:
      let title = offers.count > 1 && !isFirst ? "\(offers[selected].title): sent" : "Sent"
      let blanks =
        controls == 0 ? "" : " \(Count.text(controls, "control character", "control characters")) became blanks."
      report = (
        "\(title) to the terminal's clipboard by OSC 52.\(blanks) A terminal may ignore that: then \(select) here.",
        controls == 0 ? .good : .warning
      )
    case .unsupported:
      report = ("This terminal has no clipboard that programs can set: \(select) here.", .warning)
    case .tooLong(let limit):
      report = ("Not copied: it is longer than the \(limit) bytes that terminals take.", .warning)
    }
  }
}

extension CopyLayer {
  func draw(size: Size, textWidth: TextWidth) -> LayerDrawing {
    LayerDrawing(content: content(size: size, textWidth: textWidth))
  }

  private func content(size: Size, textWidth: TextWidth) -> DialogContent {
    // Wide enough for each offer to fit on one line, where the user can select it whole.
    let labelColumns = 2 + (offers.map { textWidth.columns(of: $0.title) }.max() ?? 0)
    let longest =
      offers.map { offer in
        let widest = offer.lines.map { textWidth.columns(of: $0) }.max() ?? 0
        return widest + (offer.isCommand ? 0 : labelColumns + 2)
      }.max() ?? 0
    let wanted = max(60, longest + 4)
    let columns = DialogContent.textColumns(wanted: wanted, in: size)
    var lines: [DialogLine] = []
    var focusedLine = 0
    for (index, offer) in offers.enumerated() {
      let isHere = offers.count > 1 && index == selected
      if isHere { focusedLine = lines.count + (offer.isCommand && index > 0 ? 2 : 0) }
      if offer.isCommand {
        if index > 0 { lines.append(DialogLine()) }
        let number = offers.count > 1 ? "\(isHere ? "▸" : " ")\(index + 1) " : ""
        lines.append(DialogLine([Span(number, .accent), Span(offer.title, .muted)]))
        lines += offer.lines.flatMap { TextWrap.cut($0, columns: columns, textWidth: textWidth) }
          .map { DialogLine($0, .strong) }
      } else {
        lines.append(line(of: offer, isHere: isHere, labelColumns, columns, textWidth))
      }
    }
    var remark: [DialogLine] = []
    if let report {
      remark = [DialogLine()]
      remark += TextWrap.lines(report.text, columns: columns, textWidth: textWidth).map { DialogLine($0, report.style) }
    }
    return fitted(lines, remark, focusedLine, columns: wanted, in: size)
  }

  private var footer: DialogFooter {
    let copying =
      offers.contains { $0.isCommand }
      ? [KeyHint("Enter", "copy"), KeyHint("1 2", "copy that one")] : [KeyHint("Enter", "copy")]
    return DialogFooter(
      keys: offers.count == 1 ? [KeyHint("Y", "copy again")] : copying, alternative: KeyHint("Esc", "close"))
  }

  private var speech: DialogSpeech {
    var speech = DialogSpeech()
    if let report { speech.remarks = [DialogSpeech.Remark(report.text, occasion: copies)] }
    if offers.indices.contains(selected) {
      let offer = offers[selected]
      speech.focus = DialogSpeech.Focus(id: String(selected), text: "\(offer.title) \(offer.shown)")
    }
    return speech
  }

  /// The list, scrolled so that the selected offer is visible, with the result of the last copy below it.
  private func fitted(
    _ lines: [DialogLine], _ remark: [DialogLine], _ focusedLine: Int, columns: Int, in size: Size
  ) -> DialogContent {
    // Commands are shown whole; values may be cut.
    let isCut = !offers.contains { $0.isCommand }
    // The selected value stays visible, however long the message is.
    let remark = isCut ? Array(remark.prefix(max(0, DialogContent.compactLineCapacity(in: size) - 1))) : remark
    let room = isCut ? max(1, size.rows - 4 - remark.count) : lines.count
    let first = max(0, min(focusedLine - room + 1, lines.count - room))
    let shown = Array(lines.dropFirst(first).prefix(room))
    let range = shown.count < lines.count ? "\(first + 1)–\(first + shown.count) of \(lines.count)" : ""
    var content = DialogContent(
      title: title, trailingTitle: range, lines: shown + remark, footer: footer, extent: .compact(columns: columns),
      focusedLine: isCut || remark.isEmpty ? focusedLine - first : shown.count + remark.count - 1,
      selectedLine: isCut && offers.count > 1 ? focusedLine - first : nil, speech: speech)
    let capacity = DialogContent.compactLineCapacity(in: size)
    if !isCut, content.lines.count > capacity {
      let first = content.firstLine(capacity: capacity)
      content.trailingTitle = "\(first + 1)–\(first + capacity) of \(content.lines.count)"
    }
    return content
  }

  private func line(
    of offer: CopyOffer, isHere: Bool, _ labelColumns: Int, _ columns: Int, _ textWidth: TextWidth
  ) -> DialogLine {
    let gap = String(repeating: " ", count: labelColumns - textWidth.columns(of: offer.title))
    let text = textWidth.truncated(offer.shown, to: max(0, columns - labelColumns - 2))
    return DialogLine([
      Span(isHere ? "▸ " : "  ", .accent), Span(offer.title + gap, .muted), Span(text, isHere ? .strong : .normal),
    ])
  }
}

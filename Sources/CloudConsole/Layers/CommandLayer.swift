import CloudViewModels
import TerminalUI

/// Skydeck commands for what is selected and for what was just done, to be copied.
@MainActor
final class CommandLayer: Layer {
  /// A command and what it is of.
  struct Offer {
    let title: String
    let command: CommandLineText

    init(_ title: String, _ command: CommandLineText) {
      self.title = title
      self.command = command
    }
  }

  private let offers: [Offer]
  private let copy: @MainActor (String) -> CopyOutcome
  /// Whether the terminal's own selection takes Shift.
  private let mouse: Bool
  private var selected = 0
  /// What became of the one copied last.
  private var report: (text: String, style: Style)?

  /// Where there is but one, nobody has to choose: it is copied at once.
  ///
  /// - Parameters:
  ///   - mouse: whether the console has the mouse, so that text is selected with Shift.
  ///   - copy: puts text on the clipboard.
  init(_ offers: [Offer], mouse: Bool = false, copy: @escaping @MainActor (String) -> CopyOutcome) {
    self.offers = offers
    self.mouse = mouse
    self.copy = copy
    if offers.count == 1 { copySelected() }
  }

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    guard case .key(let key) = event else { return .stay }
    switch key {
    case .escape, .control("c"), .character("q"): return .close
    case .enter, .character("Y"), .character("y"): copySelected()
    case .down, .character("j"), .tab: selected = min(selected + 1, offers.count - 1)
    case .up, .character("k"), .backTab: selected = max(0, selected - 1)
    case .character(let digit):
      guard let number = digit.wholeNumberValue, offers.indices.contains(number - 1) else { break }
      selected = number - 1
      copySelected()
    default: break
    }
    return .stay
  }

  private var select: String { mouse ? "select it with Shift" : "select it" }

  private func copySelected() {
    let command = offers[selected].command
    guard !command.holdsControls else {
      report = (
        "Not copied: it holds control characters, shown as signs here, which a terminal may act on when they are pasted.",
        .warning
      )
      return
    }
    switch copy(command.text) {
    case .sent:
      report = ("Sent to the terminal's clipboard by OSC 52. A terminal may ignore that: then \(select) here.", .good)
    case .unsupported:
      report = ("This terminal has no clipboard that a program can set: \(select) here.", .warning)
    case .tooLong(let limit):
      report = ("Not copied: it is longer than the \(limit) bytes that terminals take: \(select) here.", .warning)
    }
  }
}

extension CommandLayer {
  func content(size: Size, textWidth: TextWidth) -> DialogContent {
    // As wide as it takes to have each command on one line, where it can be selected whole.
    let longest = offers.map { textWidth.columns(of: $0.command.text) }.max() ?? 0
    let wanted = max(60, longest + 4)
    let columns = DialogContent.textColumns(wanted: wanted, in: size)
    var lines: [DialogLine] = []
    var focusedLine = 0
    for (index, offer) in offers.enumerated() {
      if index > 0 { lines.append(DialogLine()) }
      let isHere = offers.count > 1 && index == selected
      let number = offers.count > 1 ? "\(isHere ? "▸" : " ")\(index + 1) " : ""
      lines.append(DialogLine([Span(number, .accent), Span(offer.title, .muted)]))
      if isHere { focusedLine = lines.count }
      lines += TextWrap.cut(offer.command.text, columns: columns, textWidth: textWidth).map { DialogLine($0, .strong) }
    }
    if let report {
      lines.append(DialogLine())
      lines += TextWrap.lines(report.text, columns: columns, textWidth: textWidth).map { DialogLine($0, report.style) }
      focusedLine = lines.count - 1
    }
    return DialogContent(
      title: "Copy as command", lines: lines,
      footer: offers.count > 1 ? "Enter copy   1 2 copy that one   Esc close" : "Y copy again   Esc close",
      extent: .compact(columns: wanted), focusedLine: focusedLine)
  }
}

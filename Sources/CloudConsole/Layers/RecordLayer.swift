import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials
import TerminalUI

/// One record with all its fields.
@MainActor
final class RecordLayer: ScrollingLayer {
  private let record: RecordModel
  private let now: @MainActor () -> Date
  /// The other commands for the record that are available here.
  private let commands: [Command]

  init(_ record: RecordModel, commands: [Command], keymap: Keymap, now: @escaping @MainActor () -> Date) {
    self.record = record
    self.commands = commands
    self.now = now
    super.init(keymap: keymap)
  }

  override var title: String { record.title }
  override var command: Command? { .open }
  override var compactColumns: Int? { 76 }
  override var trailingTitle: String {
    if let wait = WaitText.text(since: record.status.loadingSince, now: now()) { return wait }
    return record.status.asOf.map { "as of \(LocalTime.hourMinuteSecond($0))" } ?? ""
  }
  override var remarks: [String] {
    record.status.failure.map { ["Re-read failed: \($0.error.sentence)"] } ?? []
  }
  override var keyHelp: [KeyHint] {
    // The key of `copy` is next to it, and there is no room for both.
    [KeyHint(keymap.keyText(of: .refresh), "read again")]
      + commands.filter { $0 != .copyCommand }.compactMap { keymap.binding(of: $0)?.hint }
  }

  override func wasRemoved() {
    record.leave()
  }

  override func page(columns: Int, textWidth: TextWidth, search: String) -> Page {
    let fields = record.fields
    let labelColumns = 2 + (fields.map { textWidth.columns(of: $0.label) }.max() ?? 0)
    var lines: [DialogLine] = []
    for field in fields {
      let missing = labelColumns - textWidth.columns(of: field.label)
      let label = field.label + String(repeating: " ", count: missing)
      let text = text(of: field.value)
      for (index, line) in TextWrap.lines(text, columns: max(10, columns - labelColumns), textWidth: textWidth)
        .enumerated()
      {
        let start = index == 0 ? label : String(repeating: " ", count: labelColumns)
        lines.append(DialogLine([Span(start, .muted), Span(line)]))
      }
      let hidden = field.value.hiddenCharacters
      guard !hidden.isEmpty else { continue }
      let remark = "! It hides \(hidden.joined(separator: ", "))."
      for line in TextWrap.lines(remark, columns: max(10, columns - labelColumns), textWidth: textWidth) {
        lines.append(DialogLine([Span(String(repeating: " ", count: labelColumns)), Span(line, .warning)]))
      }
    }
    if let failure = record.status.failure {
      lines.append(DialogLine())
      let text = "! Re-read failed: \(failure.error.sentence)"
      lines += TextWrap.lines(text, columns: columns, textWidth: textWidth).map { DialogLine($0, .danger) }
    }
    return Page(lines: lines)
  }

  private func text(of value: FieldValue) -> String {
    switch value {
    case .bytes(.loaded(let size)): size.bytes.map { "\(ByteText.format($0)) (\($0) bytes)" } ?? "—"
    case .bytes(.failed(let error)): "? \(error.sentence)"
    case .bytes(.waiting): "…"
    default: value.plainText()
    }
  }

  override func takes(_ command: Command) -> Bool {
    super.takes(command) || command == .refresh || commands.contains(command)
  }

  override func take(_ key: Key) -> LayerAnswer {
    guard let command = keymap.command(for: key) else { return .stay }
    if command == .refresh {
      record.refresh()
      return .stay
    }
    guard commands.contains(command) else { return .stay }
    return record.prepareToAct() ? .runOnSelected(command) : .close
  }
}

import CloudAPI
import CloudViewModels
import TerminalUI

/// Prints findings as they come, or together where a program reads them.
struct FindingPrinter {
  private let session: SettingsSession
  private let rows: RowPrinter

  /// The marks of a table stand below each other.
  private static let markWidth = 9
  private static let checkWidth = 18

  init(_ session: SettingsSession) throws(CommandFailure) {
    self.session = session
    rows = try RowPrinter(
      [.init(id: "check"), .init(id: "status"), .init(id: "detail"), .init(id: "advice")], session)
  }

  private var isForPerson: Bool { session.format == .table && session.options.columns == nil }

  func print(_ finding: Finding) {
    guard isForPerson else { return }
    let indent = String(repeating: " ", count: Self.markWidth + Self.checkWidth)
    let head = mark(finding.status) + padded(finding.check, Self.checkWidth)
    session.output.line(head + lines(PlainText.harmless(finding.detail), indent: indent))
    guard let advice = finding.advice else { return }
    session.output.line(indent + lines(PlainText.harmless(advice), indent: indent))
  }

  func end(_ findings: [Finding]) {
    guard !isForPerson else { return }
    rows.print(findings.map { [.text($0.check), .text($0.status.rawValue), .text($0.detail), .init($0.advice)] })
  }

  private func mark(_ status: Finding.Status) -> String {
    let word = padded(status.rawValue, Self.markWidth)
    guard session.terminal.hasColors else { return word }
    let colour =
      switch status {
      case .ok: "32"
      case .warning: "33"
      case .failure: "1;31"
      case .skipped: "2"
      }
    return "\u{1B}[\(colour)m\(word)\u{1B}[m"
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  /// Breaks text at blanks where the terminal ends.
  private func lines(_ text: String, indent: String) -> String {
    guard let width = session.terminal.width, width - indent.count >= 20 else { return text }
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      let longer = last.isEmpty ? String(word) : "\(last) \(word)"
      if last.isEmpty || session.terminal.textWidth.columns(of: longer) <= width - indent.count {
        lines[lines.count - 1] = longer
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n" + indent)
  }
}

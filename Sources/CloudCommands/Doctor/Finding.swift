import CloudAPI
import CloudViewModels
import FoundationEssentials
import NIOCore
import NIOPosix
import TerminalUI

#if canImport(Glibc)
  import Glibc
#endif

/// The result of one check.
struct Finding: Sendable {
  enum Status: String, Sendable {
    case ok, warning, failure
    /// The check was not possible or not needed.
    case skipped
  }

  let check: String
  let status: Status
  /// What was found, or what is wrong.
  let detail: String
  /// What the user can do about it.
  let advice: String?
  /// The exit status of a command that fails for this reason.
  let exitStatus: ExitStatus

  static func ok(_ check: String, _ detail: String) -> Finding {
    Finding(check: check, status: .ok, detail: detail, advice: nil, exitStatus: .done)
  }

  static func warning(_ check: String, _ detail: String, advice: String) -> Finding {
    Finding(check: check, status: .warning, detail: detail, advice: advice, exitStatus: .done)
  }

  static func failure(_ check: String, _ detail: String, advice: String?, _ exitStatus: ExitStatus) -> Finding {
    Finding(check: check, status: .failure, detail: detail, advice: advice, exitStatus: exitStatus)
  }

  static func skipped(_ check: String, _ detail: String) -> Finding {
    Finding(check: check, status: .skipped, detail: detail, advice: nil, exitStatus: .done)
  }
}

/// The thread for the connections of checks.
enum DoctorEventLoops {
  static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
}

/// Numbers and reasons as checks print them.
enum DoctorText {
  /// Milliseconds, with one decimal below ten: `0.4 ms`, `23 ms`.
  static func milliseconds(_ microseconds: Double) -> String {
    let tenths = Int((microseconds / 100).rounded())
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) ms" : "\((tenths + 5) / 10) ms"
  }

  static func reason(of error: any Error) -> String {
    switch error {
    case let error as IOError: String(cString: strerror(error.errnoCode))
    case let error as NIOConnectionError:
      error.connectionErrors.first.map { reason(of: $0.error) } ?? "the name isn't known"
    default: TransportError.reason(of: error)
    }
  }

  /// The finding for an error of the client.
  static func finding(_ check: String, _ error: CloudAPIError, at now: Date) -> Finding {
    .failure(check, error.message, advice: error.advice(at: now), error.exitStatus)
  }
}

/// Prints findings one by one, or all together as JSON, CSV or TSV.
struct FindingPrinter {
  private let session: SettingsSession
  private let rows: RowPrinter

  /// The widths of the first two columns.
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

  /// Wraps text at blanks to the width of the terminal.
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

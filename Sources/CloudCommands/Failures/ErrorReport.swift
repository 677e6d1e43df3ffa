import CloudAPI
import CloudViewModels
import FoundationEssentials

/// A failure as printed on standard error: one line of text, or one line of JSON for programs.
struct ErrorReport: Encodable {
  /// The code, such as `not_found`, `usage`, `outcome_unknown`.
  let code: String
  /// What happened, as a sentence.
  private(set) var message: String
  /// What to do about it.
  let advice: String?
  /// The request: `GET /cloud/3`.
  private(set) var request: String?
  /// The API's messages by field; those that belong to no field are under "".
  let fields: [String: [String]]?
  /// The delay in seconds that the API asks for; `nil` if it states none.
  let retryAfter: Int?
  let exitStatus: Int32

  private enum CodingKeys: String, CodingKey {
    case code, message, advice, request, fields
    case retryAfter = "retry_after"
    case exitStatus = "exit_status"
  }

  init(_ error: CloudAPIError, now: Date) {
    code = error.word
    message = error.message
    advice = error.advice(at: now)
    retryAfter = error.secondsToWait(at: now)
    request = error.request
    fields = if case .validation(let fields) = error.code { fields } else { nil }
    exitStatus = error.exitStatus.rawValue
  }

  init(code: String, message: String, status: ExitStatus) {
    self.code = code
    self.message = message
    advice = nil
    request = nil
    fields = nil
    retryAfter = nil
    exitStatus = status.rawValue
  }

  /// The report with the name of the record that it concerns.
  func about(_ subject: String) -> ErrorReport {
    var report = self
    report.request = [subject, request].compactMap { $0 }.joined(separator: ": ")
    return report
  }

  /// The report with one more sentence about what happened.
  func adding(_ sentence: String?) -> ErrorReport {
    guard let sentence else { return self }
    var report = self
    report.message += " " + sentence
    return report
  }

  /// The report for output that can't be written.
  init(unwritable reason: String) {
    self.init(code: "output", message: "The output can't be written: \(reason).", status: .output)
  }

  /// - Returns: `nil` for a failure that was already reported.
  init?(_ failure: CommandFailure, now: Date) {
    switch failure {
    case .api(let error): self.init(error, now: now)
    case .usage(let message): self.init(code: "usage", message: message, status: .usage)
    case .configuration(let message): self.init(code: "configuration", message: message, status: .configuration)
    case .declined: self.init(code: "declined", message: "Nothing was done.", status: .refused)
    case .reported: return nil
    }
  }

  /// The report as one line, without a line end.
  func line(asJSON: Bool) -> String {
    asJSON ? json : text
  }

  private var text: String {
    // The README's term, so that a search in a log finds it.
    let outcome = code == "outcome_unknown" ? "outcome unknown:" : nil
    let parts = [request.map { $0 + ":" }, outcome, message, advice].compactMap { $0 }
    let line = "skydeck: " + parts.joined(separator: " ")
    return PlainText.harmless(line.split(whereSeparator: \.isNewline).joined(separator: " "))
  }

  private var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = (try? encoder.encode(["error": self])).map { String(decoding: $0, as: UTF8.self) }
    return text.map { String(decoding: HarmlessJSON.escaped(Array($0.utf8)), as: UTF8.self) } ?? "{\"error\":{}}"
  }
}

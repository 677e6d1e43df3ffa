import CloudAPI
import CloudViewModels
import FoundationEssentials

/// A failure as standard error shows it: one line for a person, or one line of JSON for a program.
struct ErrorReport: Encodable {
  /// Such as `not_found`, `usage`, `outcome_unknown`.
  let code: String
  /// What happened, in a sentence.
  private(set) var message: String
  /// What to do about it.
  let advice: String?
  /// `GET /cloud/3`.
  private(set) var request: String?
  /// The API's messages by field; those about no field under "".
  let fields: [String: [String]]?
  /// In seconds, where the API asks to wait and says how long.
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

  /// The same, of one of several.
  func about(_ subject: String) -> ErrorReport {
    var report = self
    report.request = [subject, request].compactMap { $0 }.joined(separator: ": ")
    return report
  }

  /// The same with one sentence more about what happened.
  func adding(_ sentence: String?) -> ErrorReport {
    guard let sentence else { return self }
    var report = self
    report.message += " " + sentence
    return report
  }

  /// Output that can't be written.
  init(unwritable reason: String) {
    self.init(code: "output", message: "The output can't be written: \(reason).", status: .output)
  }

  /// `nil` for what was reported already.
  init?(_ failure: CommandFailure, now: Date) {
    switch failure {
    case .api(let error): self.init(error, now: now)
    case .usage(let message): self.init(code: "usage", message: message, status: .usage)
    case .configuration(let message): self.init(code: "configuration", message: message, status: .configuration)
    case .declined: self.init(code: "declined", message: "Nothing was done.", status: .refused)
    case .reported: return nil
    }
  }

  /// One line, without a line end.
  func line(asJSON: Bool) -> String {
    asJSON ? json : text
  }

  private var text: String {
    // In the README's words, for who looks for them in a log.
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

/// What one check came to.
struct Finding: Sendable {
  enum Status: String, Sendable {
    case ok, warning, failure
    /// It could not be tried, or there is nothing to try.
    case skipped
  }

  let check: String
  let status: Status
  /// What is there, or what is wrong.
  let detail: String
  /// What to do about it.
  let advice: String?
  /// With which status a command ends that fails so.
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

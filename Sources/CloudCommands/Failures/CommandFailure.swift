import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials

/// Why a command failed, completely or in part.
enum CommandFailure: Error, Hashable {
  /// The client failed.
  case api(CloudAPIError)
  /// The command line is invalid; the text says what is valid.
  case usage(String)
  /// The settings can't be used; the text says what to do.
  case configuration(String)
  /// The user didn't confirm.
  case declined
  /// The failures were already reported; the status is the worst one.
  case reported(ExitStatus)

  var status: ExitStatus {
    switch self {
    case .api(let error): error.exitStatus
    case .usage: .usage
    case .configuration: .configuration
    case .declined: .refused
    case .reported(let status): status
    }
  }
}

extension CloudAPIError {
  var exitStatus: ExitStatus {
    switch code {
    case .rejected(status: 408): .unavailable
    case .validation, .paymentRequired, .notFound, .conflict, .rejected: .refused
    case .unauthorized, .forbidden, .readOnly: .notAllowed
    case .rateLimited: .rateLimited
    case .server, .unreachable, .timedOut, .outcomeUnknown: .unavailable
    case .badResponse, .tooLarge, .unexpectedRedirect: .unreadable
    case .unsupported: .usage
    case .cancelled: .interrupted
    }
  }

  /// The kind of failure as a code for programs.
  var word: String {
    switch code {
    case .unauthorized: "unauthorized"
    case .forbidden: "forbidden"
    case .notFound: "not_found"
    case .validation: "validation"
    case .paymentRequired: "payment_required"
    case .rateLimited: "rate_limited"
    case .conflict: "conflict"
    case .rejected: "rejected"
    case .unexpectedRedirect: "unexpected_redirect"
    case .server: "server"
    case .unreachable: "unreachable"
    case .timedOut: "timed_out"
    case .badResponse: "bad_response"
    case .tooLarge: "too_large"
    case .outcomeUnknown: "outcome_unknown"
    case .unsupported: "unsupported"
    case .readOnly: "read_only"
    case .cancelled: "cancelled"
    }
  }
}

extension CloudAPIError {
  /// What to do about the error, including the time until which a rate limit lasts.
  func advice(at now: Date) -> String? {
    guard let seconds = secondsToWait(at: now), seconds > 0 else { return advice }
    let until = now.addingTimeInterval(Double(seconds))
    let time = seconds < 43_200 ? LocalTime.hourMinuteSecond(until) : LocalTime.full(until)
    return "Try again at \(time), in \(Self.text(seconds))."
  }

  /// The number of whole seconds to wait; `nil` if the service didn't say.
  func secondsToWait(at now: Date) -> Int? {
    guard case .rateLimited(let until?) = code else { return nil }
    return Int(max(0, until.timeIntervalSince(now)).rounded(.up))
  }

  private static func text(_ seconds: Int) -> String {
    switch seconds {
    case ..<120: "\(seconds) s"
    case ..<7200: "\((seconds + 59) / 60) min"
    default: "\((seconds + 3599) / 3600) h"
    }
  }
}

import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials

extension CloudAPIError {
  /// What to do about it, with the time until which a service that asks to wait will refuse everything.
  func advice(at now: Date) -> String? {
    guard let seconds = secondsToWait(at: now), seconds > 0 else { return advice }
    let until = now.addingTimeInterval(Double(seconds))
    let time = seconds < 43_200 ? LocalTime.hourMinuteSecond(until) : LocalTime.full(until)
    return "Try again at \(time), in \(Self.text(seconds))."
  }

  /// How many whole seconds to wait; `nil` where the service didn't say.
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

import CloudAPI
import FoundationEssentials

/// Late values by id, and what all of them come to, which every frame shows: it is kept up with each value, not added up
/// anew.
struct LateStates<ID: Hashable & Sendable> {
  private(set) var states: [ID: LoadState<CloudSize>] = [:]

  // Too large for 64 bits is what a service may send.
  private var total: Int128 = 0
  private var byteCounts = 0
  private var quotas = 0
  private var failures = 0
  private var limits: [ID: Date] = [:]
  private var largest: Int64 = 0

  subscript(id: ID) -> LoadState<CloudSize>? {
    get { states[id] }
    set {
      let old = states[id]
      if let old { count(old, of: id, by: -1) }
      states[id] = newValue
      if let newValue { count(newValue, of: id, by: 1) }
      // Only who takes the largest away looks through the others.
      if let bytes = old?.value?.bytes, bytes == largest, newValue?.value?.bytes != bytes {
        largest = states.values.reduce(0) { max($0, $1.value?.bytes ?? 0) }
      }
    }
  }

  private mutating func count(_ state: LoadState<CloudSize>, of id: ID, by one: Int) {
    if let bytes = state.value?.bytes {
      byteCounts += one
      total += Int128(bytes) * Int128(one)
      if one > 0 { largest = max(largest, bytes) }
    }
    if state.value?.quota != nil { quotas += one }
    guard let error = state.error else { return }
    failures += one
    guard case .rateLimited(let until?) = error.code else { return }
    limits[id] = one > 0 ? until : nil
  }

  /// - Parameter wanted: how many values there will be when all are there.
  func summary(wanted: Int) -> LateSummary {
    LateSummary(
      total: Int64(clamping: total), isComplete: byteCounts == wanted, largest: largest, hasQuotas: quotas > 0,
      hasFailures: failures > 0, limitedUntil: limits.values.max())
  }
}

/// What is known of all late values together.
public struct LateSummary: Hashable, Sendable {
  /// The sum of what is there.
  public var total: Int64 = 0
  /// Whether that is all of it.
  public var isComplete = true
  /// The largest of what is there; 0 where nothing is.
  public var largest: Int64 = 0
  /// Whether bars show how full a cloud is, and not how large beside others.
  public var hasQuotas = false
  /// Whether the last read of one failed.
  public var hasFailures = false
  /// Until when the service asked to be left alone, the latest of what it said.
  public var limitedUntil: Date?
}

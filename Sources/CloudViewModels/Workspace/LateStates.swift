import CloudAPI
import FoundationEssentials

/// Late values by id, with totals that every frame shows: these are updated with each value instead of recomputed.
struct LateStates<ID: Hashable & Sendable> {
  private(set) var states: [ID: LoadState<CloudSize>] = [:]

  // The sum of what a service sends may exceed 64 bits.
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
      // The other values are searched only if the largest one was removed or changed.
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

  /// - Parameter wanted: how many values are expected in total.
  func summary(wanted: Int) -> LateSummary {
    LateSummary(
      total: Int64(clamping: total), isComplete: byteCounts == wanted, largest: largest, hasQuotas: quotas > 0,
      hasFailures: failures > 0, limitedUntil: limits.values.max())
  }
}

/// Totals of the late values.
public struct LateSummary: Hashable, Sendable {
  /// The sum of the values that have arrived.
  public var total: Int64 = 0
  /// Whether all values have arrived.
  public var isComplete = true
  /// The largest value that has arrived; 0 if there is none.
  public var largest: Int64 = 0
  /// Whether bars show how full a cloud is instead of its size relative to others.
  public var hasQuotas = false
  /// Whether the last read of some value failed.
  public var hasFailures = false
  /// The latest time until which the service asked to wait (429).
  public var limitedUntil: Date?
}

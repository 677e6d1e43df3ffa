import CloudAPI
import FoundationEssentials
import TestSupport
import Testing

@testable import CloudViewModels

/// Compares incremental totals with recomputed ones.
@Suite struct LateStatesTests {
  private func state(_ random: inout SeededGenerator) -> LoadState<CloudSize>? {
    let bytes: [Int64?] = [nil, 0, 7, 7, 1_000, .max, Int64.random(in: 0...5_000, using: &random)]
    let quota = Bool.random(using: &random) ? Quota(capacity: 9) : nil
    let size = CloudSize(bytes: bytes.randomElement(using: &random) ?? nil, quota: quota)
    let until = Date(timeIntervalSince1970: Double.random(in: 0...100, using: &random))
    let errors = [CloudAPIError.Code.rateLimited(until: until), .rateLimited(until: nil), .timedOut]
    let error = CloudAPIError(errors.randomElement(using: &random) ?? .timedOut, request: "GET /cloud/1/size")
    return [nil, .waiting, .loaded(size), .failed(error), .stale(size, error)].randomElement(using: &random) ?? nil
  }

  private func sum(_ states: [Int: LoadState<CloudSize>], wanted: Int) -> LateSummary {
    var summary = LateSummary()
    let bytes = states.values.compactMap { $0.value?.bytes }
    summary.total = bytes.reduce(0) { total, bytes in
      let (sum, isTooLarge) = total.addingReportingOverflow(bytes)
      return isTooLarge ? .max : sum
    }
    summary.largest = bytes.max() ?? 0
    summary.isComplete = bytes.count == wanted
    summary.hasQuotas = states.values.contains { $0.value?.quota != nil }
    summary.hasFailures = states.values.contains { $0.error != nil }
    summary.limitedUntil = states.values.compactMap { state in
      if case .rateLimited(let until?) = state.error?.code { until } else { nil }
    }.max()
    return summary
  }

  @Test func theSumIsThatOfAllValuesWhateverComesAndGoes() {
    var random = SeededGenerator(seed: 9)
    var states = LateStates<Int>()
    var plain: [Int: LoadState<CloudSize>] = [:]
    for step in 0..<3_000 {
      let id = Int.random(in: 0..<12, using: &random)
      let state = state(&random)
      states[id] = state
      plain[id] = state
      #expect(states.states == plain)
      #expect(states.summary(wanted: 5) == sum(plain, wanted: 5), "step \(step)")
    }
  }
}

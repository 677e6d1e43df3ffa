import HTTPTypes

/// Which faults affect which requests: an ordered list of specifications, with the same result for the same seed and
/// requests.
public struct FaultPlan: Sendable {
  /// No faults.
  public static let none = FaultPlan([])

  private struct Entry: Sendable {
    let spec: FaultSpec
    var matched = 0
    var struck = 0
  }

  private var entries: [Entry]
  private let seed: UInt64

  /// - Parameters:
  ///   - specs: if several apply to one request, the first one decides, and the others don't count the request.
  ///   - seed: any number; another seed gives other random decisions.
  public init(_ specs: [FaultSpec], seed: UInt64 = 1) {
    entries = specs.map { Entry(spec: $0) }
    self.seed = seed
  }

  /// The fault for the next request; nil if there is none.
  mutating func fault(for request: HTTPRequest) -> Fault? {
    for index in entries.indices where entries[index].spec.matches(request) {
      if strikes(index) { return entries[index].spec.fault }
    }
    return nil
  }

  /// Counts a request that matches an entry. The decision depends only on its number, not on concurrent requests.
  private mutating func strikes(_ index: Int) -> Bool {
    let spec = entries[index].spec
    entries[index].matched += 1
    let number = entries[index].matched
    guard number > spec.skipped, entries[index].struck < spec.limit else { return false }
    var random = SeededGenerator(seed: seed &+ UInt64(index), stream: number)
    guard Double(random.next(below: 1 << 53)) / Double(1 << 53) < spec.probability else { return false }
    entries[index].struck += 1
    return true
  }
}

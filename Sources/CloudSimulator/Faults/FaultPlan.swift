import HTTPTypes

/// What goes wrong with which requests: specifications in order, the same from the same seed for the same requests.
public struct FaultPlan: Sendable {
  /// Nothing goes wrong.
  public static let none = FaultPlan([])

  private struct Entry: Sendable {
    let spec: FaultSpec
    var matched = 0
    var struck = 0
  }

  private var entries: [Entry]
  private let seed: UInt64

  /// - Parameters:
  ///   - specs: of several that strike one request, the first decides, and those after it don't count the request.
  ///   - seed: any number; another one makes probabilities fall otherwise.
  public init(_ specs: [FaultSpec], seed: UInt64 = 1) {
    entries = specs.map { Entry(spec: $0) }
    self.seed = seed
  }

  /// What becomes of one more request; nil where nothing goes wrong.
  mutating func fault(for request: HTTPRequest) -> Fault? {
    for index in entries.indices where entries[index].spec.matches(request) {
      if strikes(index) { return entries[index].spec.fault }
    }
    return nil
  }

  /// Counts a request that matches an entry, and decides by its number alone, whatever else goes on at the same time.
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

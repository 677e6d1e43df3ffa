import CloudAPI
import CloudChanges

/// The size of some clouds together.
public struct SizeSum: Hashable, Sendable {
  /// The bytes of the clouds whose size is known.
  public let bytes: Int64
  /// Whether the size of each is known.
  public let isComplete: Bool
  /// The share of all clouds' bytes, from 0 to 1; `nil` if nothing is stored.
  public let share: Double?

  /// `2.5 TB · 79 %`; `≥ 2.5 TB` if some sizes are missing.
  public var text: String {
    let sum = (isComplete ? "" : "≥ ") + ByteText.format(bytes)
    return share.map { "\(sum) · \(SizeSum.percentText($0))" } ?? sum
  }

  /// A share in whole percent: `79 %`, `<1 %`.
  public static func percentText(_ share: Double) -> String {
    let percent = share * 100
    return (percent > 0 && percent < 1 ? "<1" : String(Int(percent.rounded()))) + " %"
  }
}

extension Workspace {
  /// The size of the marked clouds.
  public var sumOfMarked: SizeSum { sum(of: clouds.contents.markedRecords.map(\.id)) }

  /// The size of the clouds that the filter leaves.
  public var sumOfFiltered: SizeSum { sum(of: clouds.contents.places.map { clouds.records.id(at: $0) }) }

  /// The share of the cloud under the cursor of all clouds' bytes; `nil` if it isn't known.
  public var shareOfSelected: Double? {
    guard sizes.summary.total > 0, let bytes = clouds.selection.flatMap({ sizes[$0].value?.bytes }) else { return nil }
    return Double(bytes) / Double(sizes.summary.total)
  }

  private func sum(of ids: [Cloud.ID]) -> SizeSum {
    let known = ids.compactMap { sizes[$0].value?.bytes }
    // The sum of what a service sends may exceed 64 bits.
    let bytes = Int64(clamping: known.reduce(Int128(0)) { $0 + Int128($1) })
    let total = sizes.summary.total
    return SizeSum(
      bytes: bytes, isComplete: known.count == ids.count, share: total > 0 ? Double(bytes) / Double(total) : nil)
  }
}

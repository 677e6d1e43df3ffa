/// As much of a body as a trace needs.
struct TraceBody: Sendable {
  /// Twice what is shown: masking may shorten what stands before the cut.
  private static let limit = 2 * Redaction.shownBytes

  private(set) var bytes: [UInt8] = []
  /// In bytes, of the whole.
  private(set) var count = 0

  init(_ bytes: [UInt8] = []) {
    append(bytes)
  }

  /// Whether more came than was kept.
  var isBeginning: Bool { count > bytes.count }

  mutating func append(_ chunk: [UInt8]) {
    count += chunk.count
    bytes += chunk.prefix(Self.limit - bytes.count)
  }
}

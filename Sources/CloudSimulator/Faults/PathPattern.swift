/// Paths: segments as they are, `*` for any one segment, and `**` at the end for any number of them.
struct PathPattern: Hashable, Sendable {
  private let segments: [Substring]
  private let matchesRest: Bool

  /// Every path.
  static let any = PathPattern(segments: [], matchesRest: true)

  private init(segments: [Substring], matchesRest: Bool) {
    self.segments = segments
    self.matchesRest = matchesRest
  }

  /// - Parameter text: begins with a slash.
  init(_ text: Substring) throws(FaultSpecError) {
    var segments = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let matchesRest = segments.last == "**"
    if matchesRest { segments = segments.dropLast() }
    if segments.contains("**") { throw FaultSpecError("in '\(text)', '**' must be the last segment") }
    if let segment = segments.first(where: { $0 != "*" && $0.contains("*") }) {
      throw FaultSpecError("in '\(text)', '*' must be a whole segment, not a part of '\(segment)'")
    }
    self.init(segments: Array(segments), matchesRest: matchesRest)
  }

  func matches(_ path: Substring) -> Bool {
    let others = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard matchesRest ? others.count >= segments.count : others.count == segments.count else { return false }
    return zip(segments, others).allSatisfy { $0 == "*" ? !$1.isEmpty : $0 == $1 }
  }
}

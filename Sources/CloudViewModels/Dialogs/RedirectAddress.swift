public import CloudAPI

/// The page that invited people are sent to: an address that may contain the cloud's id.
public struct RedirectAddress: Hashable, Sendable {
  /// The placeholder for the cloud's id, in an address for all clouds.
  public static let placeholder = "{cloud}"

  public var text: String
  /// The id of another cloud that was replaced in the address.
  public var replacedID: String?

  /// An address written for this cloud, with its id in place of each `{cloud}`.
  public init(_ text: String, for cloud: Cloud.ID) {
    self.text = text.replacing(Self.placeholder, with: cloud.pathSegment)
  }

  /// An address written for any cloud, changed to lead to this one.
  ///
  /// - Parameter isKnown: whether a cloud with that id exists. A number after `cloud` or `space` is an id in any case.
  public init(_ text: String, leadingTo cloud: Cloud.ID, isKnown: (Cloud.ID) -> Bool) {
    self.init(text, leadingTo: cloud) { $0.isBehindName && $0.isNumber || isKnown($0.id) }
  }

  /// An address used for another cloud, changed to lead to this one.
  init(_ text: String, from other: Cloud.ID, leadingTo cloud: Cloud.ID) {
    self.init(text, leadingTo: cloud) { $0.id == other }
  }

  /// Replaces path segments that name another cloud. If segments follow `cloud` or `space`, only those count; otherwise
  /// any may be an id, and the address stays unchanged if they differ, since nothing tells them apart.
  private init(_ text: String, leadingTo cloud: Cloud.ID, mayName: (Segment) -> Bool) {
    self.init(text, for: cloud)
    let possible = Self.segments(of: self.text).filter(mayName)
    let named = possible.filter(\.isBehindName)
    let found = named.isEmpty ? possible : named
    guard let other = found.first?.id, other != cloud, found.allSatisfy({ $0.id == other }) else { return }
    for segment in found.reversed() { self.text.replaceSubrange(segment.range, with: cloud.pathSegment) }
    replacedID = other.rawValue
  }
}

extension RedirectAddress {
  fileprivate struct Segment {
    let range: Range<String.Index>
    let id: Cloud.ID
    let isBehindName: Bool

    var isNumber: Bool { id.rawValue.allSatisfy { $0.isASCII && $0.isNumber } }
  }

  /// The non-empty segments of the path and of a route in the fragment (`#/cloud/3`), as single-page applications use
  /// it.
  private static func segments(of text: String) -> [Segment] {
    let scalars = text.unicodeScalars
    var parts: [Substring.UnicodeScalarView] = []
    let hash = scalars.firstIndex(of: "#") ?? scalars.endIndex
    parts.append(path(in: scalars[..<hash]))
    let fragment = scalars[hash...].dropFirst()
    if fragment.first == "/" || fragment.starts(with: "!/".unicodeScalars) { parts.append(path(in: fragment)) }
    return parts.flatMap { part in
      let segments = part.split(separator: "/")
      return segments.indices.map { index in
        Segment(
          range: segments[index].startIndex..<segments[index].endIndex,
          id: Cloud.ID(pathSegment: Substring(segments[index])),
          isBehindName: index > 0 && names.contains(Substring(segments[index - 1]).lowercased()))
      }
    }
  }

  private static let names: Set<String> = ["cloud", "clouds", "space", "spaces"]

  /// The path: the text without scheme, host and query.
  private static func path(in text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
    let text = text.prefix { $0 != "?" }
    guard let colon = text.firstIndex(of: ":"), text[colon...].starts(with: "://".unicodeScalars) else { return text }
    return text[colon...].dropFirst(3).drop { $0 != "/" }
  }
}

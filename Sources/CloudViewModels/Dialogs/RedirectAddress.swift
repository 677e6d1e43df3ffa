public import CloudAPI

/// Where invited people land: an address that may name the cloud by its id.
public struct RedirectAddress: Hashable, Sendable {
  /// What stands for the cloud's id in an address that serves for every cloud.
  public static let placeholder = "{cloud}"

  public var text: String
  /// The id of another cloud that stood in it, and that the cloud's own took the place of.
  public var replacedID: String?

  /// The address as somebody wrote it for that cloud, with its id for each `{cloud}`.
  public init(_ text: String, for cloud: Cloud.ID) {
    self.text = text.replacing(Self.placeholder, with: cloud.pathSegment)
  }

  /// An address that was written for every cloud or for some cloud, made to lead to that cloud.
  ///
  /// - Parameter isKnown: whether there is a cloud of that id. A number behind `cloud` or `space` is one in any case.
  public init(_ text: String, leadingTo cloud: Cloud.ID, isKnown: (Cloud.ID) -> Bool) {
    self.init(text, leadingTo: cloud) { $0.isBehindName && $0.isNumber || isKnown($0.id) }
  }

  /// An address that was used for another cloud, made to lead to that cloud.
  init(_ text: String, from other: Cloud.ID, leadingTo cloud: Cloud.ID) {
    self.init(text, leadingTo: cloud) { $0.id == other }
  }

  /// Where a segment of the path names another cloud, it becomes this one's id. One behind `cloud` or `space` is what names
  /// it, if there is one. Else any may: then there may not be two different ones, since nothing tells them apart.
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

  /// The segments of its path that aren't empty, and those of a route in its fragment (`#/cloud/3`), which is the path of
  /// pages that are one program.
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

  /// What is left without scheme, host and query.
  private static func path(in text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
    let text = text.prefix { $0 != "?" }
    guard let colon = text.firstIndex(of: ":"), text[colon...].starts(with: "://".unicodeScalars) else { return text }
    return text[colon...].dropFirst(3).drop { $0 != "/" }
  }
}

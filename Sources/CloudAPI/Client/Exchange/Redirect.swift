import FoundationEssentials
import HTTPTypes

/// The target of a redirect, checked against this client's rules (see `follow`).
enum Redirect {
  /// The largest number of redirects that are followed for one request.
  static let limit = 5

  /// Why a redirect isn't followed, as the end of a sentence about it.
  struct Refused: Error {
    let reason: String
  }

  /// The request that follows `location`: a GET, without `Authorization` if the origin changes. Plain `http` is allowed
  /// only if the request itself uses it, which means on this machine.
  static func follow(_ request: HTTPRequest, to location: String) throws(Refused) -> HTTPRequest {
    guard let scheme = request.scheme, let authority = request.authority,
      let present = URL(string: "\(scheme)://\(authority)\(request.path ?? "/")"),
      let place = URL(string: location, relativeTo: present)?.absoluteString,
      let schemeEnd = place.firstRange(of: "://")
    else { throw Refused(reason: "the address can't be read") }
    let rest = place[schemeEnd.upperBound...].prefix { $0 != "#" }
    let placeAuthority = rest.prefix { $0 != "/" && $0 != "?" }
    let path = rest.dropFirst(placeAuthority.count)

    let (from, to): (Origin, Origin)
    do {
      from = try Origin(scheme: scheme, authority: authority[...])
      to = try Origin(scheme: String(place[..<schemeEnd.lowerBound]), authority: placeAuthority)
    } catch {
      throw Refused(reason: error.message)
    }
    guard to.scheme == "https" || from.scheme == "http" else { throw Refused(reason: "it leads from https to http") }

    var next = request
    next.scheme = to.scheme
    next.authority = to.authority
    next.path = path.hasPrefix("/") ? String(path) : "/" + path
    if from != to { next.headerFields[.authorization] = nil }
    return next
  }

  /// `location` without user, query and fragment, which carry tokens. It may be shown once the key is masked.
  static func shown(_ location: String) -> String {
    var place = location.prefix { $0 != "?" && $0 != "#" }
    if let schemeEnd = place.firstRange(of: "://") {
      let authority = place[schemeEnd.upperBound...].prefix { $0 != "/" }
      if let at = authority.lastIndex(of: "@") {
        place.removeSubrange(schemeEnd.upperBound...at)
      }
    }
    return String(place)
  }
}

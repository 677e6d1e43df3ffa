import HTTPTypes

/// A path of the API. An id is nil if the segment isn't a number; such a record isn't found.
enum Route: Hashable, Sendable {
  case clouds
  case cloud(Int?)
  case size(Int?)
  case createDemo(Int?)
  case users(cloud: Int?)
  case user(cloud: Int?, Int?)
  case invitations(cloud: Int?)
  case invitation(cloud: Int?, Int?)
  case processors(cloud: Int?)
  case processor(cloud: Int?, Int?)
  /// The token endpoint of the identity server.
  case token

  /// - Parameter path: without its query; a path with a trailing slash doesn't exist.
  init?(path: Substring, in edition: Simulator.Edition) {
    if path == Simulator.tokenPath {
      self = .token
      return
    }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    // The framework's pattern for an id accepts anything except a slash and a dot.
    guard segments.first == "cloud", segments.allSatisfy({ !$0.isEmpty && !$0.contains(".") }) else { return nil }
    let cloud = segments.dropFirst().first.flatMap { Int($0) }
    let collection = segments.dropFirst(2).first
    let id = segments.dropFirst(3).first.flatMap { Int($0) }

    switch (segments.count, collection) {
    case (1, _): self = .clouds
    case (2, _): self = .cloud(cloud)
    case (3, "size"): self = .size(cloud)
    case (3, "create-demo"): self = .createDemo(cloud)
    case (3, "user"): self = .users(cloud: cloud)
    case (4, "user"): self = .user(cloud: cloud, id)
    case (3, "invitation"): self = .invitations(cloud: cloud)
    case (4, "invitation"): self = .invitation(cloud: cloud, id)
    case (3...4, "processor") where edition == .current: return nil
    case (3, "processor"): self = .processors(cloud: cloud)
    case (4, "processor"): self = .processor(cloud: cloud, id)
    default: return nil
    }
  }

  /// The methods of the path, in the order of the framework's `Allow`.
  func methods(in edition: Simulator.Edition) -> [HTTPRequest.Method] {
    switch self {
    case .cloud where edition == .current: [.get, .patch, .delete, .head]
    case .user where edition == .current: [.patch, .delete]
    case .clouds, .processors: [.get, .post, .head]
    case .cloud, .user, .processor: [.get, .put, .patch, .delete, .head]
    case .size, .users: [.get, .head]
    case .createDemo, .token: [.post]
    case .invitations: [.get, .post, .head]
    case .invitation: [.delete]
    }
  }

  /// The id of the cloud in the path; nil if there is none.
  var cloudID: Int? {
    switch self {
    case .clouds, .token: nil
    case .cloud(let id), .size(let id), .createDemo(let id), .users(let id), .user(let id, _), .invitations(let id),
      .invitation(let id, _), .processors(let id), .processor(let id, _):
      id
    }
  }
}

extension HTTPRequest {
  /// The path without its query.
  var pathWithoutQuery: Substring {
    (path ?? "/").prefix { $0 != "?" }
  }

  /// The query after the first question mark.
  var query: URLEncodedForm {
    URLEncodedForm((path ?? "").utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst())
  }
}

import HTTPTypes

/// A path that the API knows. An id is nil where the segment is no number: such a record isn't found.
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

  /// - Parameter path: a query is ignored; a trailing slash makes it a path that doesn't exist.
  init?(path: String) {
    let segments = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    // The framework's pattern for an id takes anything but a slash and a dot.
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
    case (3, "processor"): self = .processors(cloud: cloud)
    case (4, "processor"): self = .processor(cloud: cloud, id)
    default: return nil
    }
  }

  /// In the order of the framework's `Allow`.
  var methods: [HTTPRequest.Method] {
    switch self {
    case .clouds, .processors: [.get, .post, .head]
    case .cloud, .processor: [.get, .put, .patch, .delete, .head]
    case .size, .users: [.get, .head]
    case .createDemo: [.post]
    case .user: [.get, .put, .patch, .delete, .head]
    case .invitations: [.get, .post, .head]
    case .invitation: [.delete]
    }
  }
}

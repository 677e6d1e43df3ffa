import HTTPTypes

extension Simulator {
  /// Refuses, in the framework's order, a request without a right key and one whose key may not do what it asks.
  func authorize(_ request: HTTPRequest, for route: Route) throws(Refusal) {
    let scopes = try credentials.scopes(of: request, at: now())
    guard route.methods(in: edition).contains(request.method) else { return }
    if let needed = route.scope(for: request.method), !scopes.contains(needed) { throw .forbidden }
    if edition == .current, route.needsAdmin(for: request.method), let id = route.cloudID,
      let state = clouds.first(where: { $0.record.id == id }), state.quota.keyRole != RoleNumber.admin
    {
      throw .forbidden
    }
  }

  /// How many tokens the token endpoint has given out.
  public var tokensIssued: Int {
    credentials.tokensIssued
  }

  /// Makes every token given out so far wrong, as an administrator of the identity server can.
  public func revokeTokens() {
    credentials.revokeTokens()
  }
}

extension Route {
  /// The scope that BIMData's documentation names for an operation; nil where it names none.
  func scope(for method: HTTPRequest.Method) -> AccessScope? {
    let isRead = method == .get || method == .head
    switch self {
    case .clouds, .cloud: return isRead ? nil : .cloudManage
    case .size, .processors, .processor, .token: return nil
    case .createDemo: return .cloudManage
    case .users: return .cloudRead
    case .user: return isRead ? .cloudRead : .cloudManage
    case .invitations, .invitation: return .organizationManage
    }
  }

  /// Whether an operation on a cloud takes an administrator of it.
  func needsAdmin(for method: HTTPRequest.Method) -> Bool {
    switch scope(for: method) {
    case .cloudManage, .organizationManage: true
    case .cloudRead, nil: false
    }
  }
}

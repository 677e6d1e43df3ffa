import HTTPTypes

extension Simulator {
  /// Refuses, in the framework's order, a request without a valid key and one whose key lacks the permission.
  func authorize(_ request: HTTPRequest, for route: Route) throws(Refusal) {
    let scopes = try credentials.scopes(of: request, at: now())
    guard route.methods(in: edition).contains(request.method) else { return }
    if let needed = route.scope(for: request.method), !scopes.contains(needed) { throw .forbidden }
    guard let id = route.cloudID, let state = clouds.first(where: { $0.record.id == id }) else { return }
    let isClosed =
      switch route {
      case .users, .user: state.refusesUsers
      case .invitations, .invitation: state.refusesInvitations
      default: false
      }
    let lacksRole =
      edition == .current && route.needsAdmin(for: request.method) && state.quota.keyRole != RoleNumber.admin
    if isClosed || lacksRole { throw .forbidden }
  }

  /// The number of tokens that the token endpoint has issued.
  public var tokensIssued: Int {
    credentials.tokensIssued
  }

  /// Makes all issued tokens invalid, as an administrator of the identity server can.
  public func revokeTokens() {
    credentials.revokeTokens()
  }
}

extension Route {
  /// The scope of an operation in BIMData's documentation; nil if it states none.
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

  /// Whether an operation on a cloud requires an administrator of it.
  func needsAdmin(for method: HTTPRequest.Method) -> Bool {
    switch scope(for: method) {
    case .cloudManage, .organizationManage: true
    case .cloudRead, nil: false
    }
  }
}

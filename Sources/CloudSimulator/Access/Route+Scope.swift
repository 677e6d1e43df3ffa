import HTTPTypes

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

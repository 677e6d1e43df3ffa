extension DataSet {
  /// The clouds of ``demo`` with values that BIMData's documentation doesn't allow and that services have sent all the
  /// same: somebody without a role, a role that nobody knows, null where nothing is to be said, ids that are text.
  public static let odd = DataSet(clouds: demo.clouds.map(\.withOddRoles), isOdd: true)
}

extension CloudState {
  fileprivate var withOddRoles: CloudState {
    var users: [UserRecord] = []
    members.visit { user in
      var user = user
      if user.id == 104 { user.cloudRole = nil }
      if user.id == 132 { user.cloudRole = 75 }
      users.append(user)
    }
    var state = self
    state.members = Members(.listed(users))
    return state
  }
}

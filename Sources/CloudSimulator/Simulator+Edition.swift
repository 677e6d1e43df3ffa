extension Simulator {
  /// The editions of the API that the simulator speaks.
  public enum Edition: String, CaseIterable, Sendable {
    /// The 22 operations that BIMData's Python client 2.13.0 of May 2019 knows.
    case classic
    /// What the live service speaks today: no processors, no PUT, users by filter instead of one by one, sizes with
    /// quotas, invitations with roles.
    case current
  }
}

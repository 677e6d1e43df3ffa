/// Which generation of the API a service speaks.
public enum Edition: String, CaseIterable, Hashable, Sendable {
  /// What the Python client `bimdata_api_client` 2.13.0 speaks: 22 operations.
  case classic
  /// What the live service speaks today: no processors, PATCH for PUT, sizes with quotas.
  case current
}

extension CodingUserInfoKey {
  /// The edition that a body is written for: some fields have other names in another.
  static let edition = CodingUserInfoKey(rawValue: "edition")
}

extension Encoder {
  /// The edition that is written for, `classic` unless said.
  var edition: Edition {
    CodingUserInfoKey.edition.flatMap { userInfo[$0] as? Edition } ?? .classic
  }
}

/// Which generation of the API a service speaks.
public enum Edition: String, CaseIterable, Hashable, Sendable {
  /// The edition of the Python client `bimdata_api_client` 2.13.0: 22 operations.
  case classic
  /// The edition of the live service today: no processors, PATCH in place of PUT, sizes with quotas.
  case current
}

extension CodingUserInfoKey {
  /// The edition for which a body is encoded: some fields have other names in the other edition.
  static let edition = CodingUserInfoKey(rawValue: "edition")
}

extension Encoder {
  /// The edition for which it encodes; `classic` if none is set.
  var edition: Edition {
    CodingUserInfoKey.edition.flatMap { userInfo[$0] as? Edition } ?? .classic
  }
}

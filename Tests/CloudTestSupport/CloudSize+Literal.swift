public import CloudAPI

/// In tests, an integer literal is a size in bytes without a quota.
extension CloudSize: ExpressibleByIntegerLiteral {
  public init(integerLiteral bytes: Int64) {
    self.init(bytes: bytes)
  }
}

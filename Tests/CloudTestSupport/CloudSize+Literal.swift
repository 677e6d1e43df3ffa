public import CloudAPI

/// In tests, a number is a size of so many bytes without a quota.
extension CloudSize: ExpressibleByIntegerLiteral {
  public init(integerLiteral bytes: Int64) {
    self.init(bytes: bytes)
  }
}

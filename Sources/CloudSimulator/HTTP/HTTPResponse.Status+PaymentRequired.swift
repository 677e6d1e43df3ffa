import HTTPTypes

extension HTTPResponse.Status {
  /// 402, which the package leaves out.
  static let paymentRequired = HTTPResponse.Status(code: 402, reasonPhrase: "Payment Required")
}

/// Takes the body of a successful response as it arrives.
protocol BodyReceiver: Sendable {
  /// Whether part of the body was delivered already, so that the request can't be repeated.
  var hasDelivered: Bool { get }

  /// - Parameter chunk: the next chunk; `nil` at the end.
  func read(_ chunk: [UInt8]?) throws(UnreadableAnswer)

  /// Discards what an attempt read without delivering anything.
  func reset()
}

/// Takes the body of an answer of success as it arrives.
protocol BodyReceiver: Sendable {
  /// Whether something of it was handed over already, so that the answer can't be asked for anew.
  var hasDelivered: Bool { get }

  /// - Parameter chunk: the next one; `nil` at the end.
  func read(_ chunk: [UInt8]?) throws(UnreadableAnswer)

  /// Forgets what an attempt brought that delivered nothing.
  func reset()
}

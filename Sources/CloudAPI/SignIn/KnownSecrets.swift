import Synchronization

/// The secrets that a program has in its hands, to be masked in whatever it shows or writes: keys, the secrets of
/// clients, and the tokens that were given out for them.
///
/// They are found also where JSON, HTML, addresses or forms escape some of their characters. Those of less than eight
/// bytes are not looked for: they are no keys of a service but of tests, and masking them would garble every sentence.
public final class KnownSecrets: Sendable {
  private struct State {
    /// The longest first.
    var patterns: [EscapedPattern] = []
    var secrets: Set<Secret> = []
    /// Of `secrets`, those that end by themselves, the oldest first.
    var tokens: [Secret] = []
  }

  private static let shortest = 8
  /// Older ones have ended long ago.
  private static let tokensKept = 64

  private let state = Mutex(State())

  public init(_ secrets: [Secret] = []) {
    for secret in secrets { insert(secret) }
  }

  /// - Parameter isToken: whether it ends by itself; of such the last 64 are kept.
  public func insert(_ secret: Secret, isToken: Bool = false) {
    guard secret.revealed.utf8.count >= Self.shortest else { return }
    state.withLock { state in
      guard state.secrets.insert(secret).inserted else { return }
      if isToken {
        state.tokens.append(secret)
        if state.tokens.count > Self.tokensKept { state.secrets.remove(state.tokens.removeFirst()) }
      }
      state.patterns = state.secrets.map { EscapedPattern($0.revealed) }.sorted { $0.longest > $1.longest }
    }
  }

  /// `text` with every secret masked. Mask first and cut afterwards: what a cut leaves of a secret is no longer found.
  public func masked(in text: String) -> String {
    guard let bytes = masked(in: Array(text.utf8)) else { return text }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same for bytes; `nil` where they hold no secret.
  ///
  /// - Parameter isBeginning: whether more follows that isn't there. As much as the longest form of a secret but one
  ///   byte is then dropped at the end, since a secret may begin in it.
  func masked(in bytes: [UInt8], isBeginning: Bool = false) -> [UInt8]? {
    let patterns = state.withLock { $0.patterns }
    let end = bytes.count - (isBeginning ? max(0, (patterns.first?.longest ?? 0) - 1) : 0)
    let mayBegin = EscapedPattern.bytesThatMayBegin(patterns)
    var output: [UInt8] = []
    var copied = 0
    var index = 0
    while index < end {
      guard mayBegin[Int(bytes[index])],
        let next = patterns.lazy.compactMap({ $0.end(in: bytes, from: index) }).first
      else {
        index += 1
        continue
      }
      output += bytes[copied..<index]
      output += Secret.mask.utf8
      index = next
      copied = index
    }
    if copied == 0, end == bytes.count { return nil }
    if copied < end { output += bytes[copied..<end] }
    return output
  }
}

extension KnownSecrets: CustomStringConvertible, CustomReflectable {
  public var description: String { Secret.mask }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

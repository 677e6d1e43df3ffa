import Synchronization

/// The secrets that a program has in its hands, to be masked in whatever it shows or writes: keys, the secrets of
/// clients, and the tokens that were given out for them.
///
/// Found are a secret itself and the forms that JSON, HTML, addresses and forms give it. Those of less than eight
/// characters are not looked for: they are no keys of a service but of tests, and masking them would garble every
/// sentence.
public final class KnownSecrets: Sendable {
  private struct State {
    /// Forms of secrets by their first byte, the longest first.
    var forms: [UInt8: [[UInt8]]] = [:]
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
      state.forms = Self.forms(of: state.secrets)
    }
  }

  /// `text` with every secret masked. Mask first and cut afterwards: what a cut leaves of a secret is no longer found.
  public func masked(in text: String) -> String {
    guard let bytes = masked(in: Array(text.utf8)) else { return text }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same for bytes; `nil` where they hold no secret.
  ///
  /// - Parameter isBeginning: whether more follows that isn't there. As much as the longest secret but one byte is then
  ///   dropped at the end, since a secret may begin in it.
  func masked(in bytes: [UInt8], isBeginning: Bool = false) -> [UInt8]? {
    let forms = state.withLock { $0.forms }
    let longest = forms.values.reduce(0) { max($0, $1.first?.count ?? 0) }
    let end = bytes.count - (isBeginning ? max(0, longest - 1) : 0)
    var output: [UInt8] = []
    var copied = 0
    var index = 0
    while index < end {
      let rest = bytes[index...]
      guard let form = forms[bytes[index]]?.first(where: { rest.starts(with: $0) }) else {
        index += 1
        continue
      }
      output += bytes[copied..<index]
      output += Secret.mask.utf8
      index += form.count
      copied = index
    }
    if copied == 0, end == bytes.count { return nil }
    if copied < end { output += bytes[copied..<end] }
    return output
  }

  private static func forms(of secrets: Set<Secret>) -> [UInt8: [[UInt8]]] {
    var forms: Set<[UInt8]> = []
    for secret in secrets {
      let text = secret.revealed
      let json = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      let percent = PercentEncoding.escaped(text)
      let html = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      let all = [
        text, json, json.replacing("/", with: "\\/"), percent, percent.lowercasingEscapes,
        percent.replacing("%20", with: "+"), html, html.replacing("\"", with: "&quot;"),
        html.replacing("\"", with: "&quot;").replacing("'", with: "&#x27;"),
      ]
      forms.formUnion(all.map { Array($0.utf8) })
    }
    return Dictionary(grouping: forms) { $0.first ?? 0 }.mapValues { $0.sorted { $0.count > $1.count } }
  }
}

extension KnownSecrets: CustomStringConvertible, CustomReflectable {
  public var description: String { Secret.mask }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
  /// The same with `%2f` for `%2F`.
  fileprivate var lowercasingEscapes: String {
    var left = 0
    return String(
      map { character in
        if character == "%" { left = 3 }
        defer { left -= 1 }
        return left > 0 ? Character(character.lowercased()) : character
      })
  }
}

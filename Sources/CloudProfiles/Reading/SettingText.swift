import CloudAPI

/// Parses the text of settings, from a file, a variable or a flag.
package enum SettingText {
  /// Why a text can't be the value of a setting.
  package struct Rejection: Error {
    /// A part of a sentence that says what is valid: `set it to …`.
    package let advice: String
    /// Whether the text may be quoted; one that may hold a key may not.
    var isShown = true
  }

  static let concurrency = 1...256
  static let timeout: ClosedRange<Duration> = .seconds(1) ... .seconds(3600)
  static let refresh: ClosedRange<Duration> = .seconds(5) ... .seconds(86_400)

  static func concurrency(_ text: String) throws(Rejection) -> Int {
    guard let number = Int(text), concurrency.contains(number) else {
      throw Rejection(advice: "set it to a number from \(concurrency.lowerBound) to \(concurrency.upperBound)")
    }
    return number
  }

  static func timeout(_ text: String) throws(Rejection) -> Duration {
    guard let duration = DurationText.duration(text), timeout.contains(duration) else {
      throw Rejection(advice: "set it to a duration from 1s to 1h, such as 30s")
    }
    return duration
  }

  static func refresh(_ text: String) throws(Rejection) -> RefreshSetting {
    if text == "off" { return .off }
    guard let duration = DurationText.duration(text), refresh.contains(duration) else {
      throw Rejection(advice: "set it to off or to a duration from 5s to 24h, such as 5m")
    }
    return .every(duration)
  }

  static func boolean(_ text: String) throws(Rejection) -> Bool {
    switch text {
    case "true": return true
    case "false": return false
    default: throw Rejection(advice: "set it to true or false")
    }
  }

  /// One of an enumeration's raw values.
  static func choice<Value: CaseIterable & RawRepresentable<String>>(_ text: String) throws(Rejection) -> Value {
    if let value = Value(rawValue: text) { return value }
    let names = Value.allCases.map(\.rawValue)
    let hint = NearestName.nearest(to: text, among: names).map { " (did you mean “\($0)”?)" } ?? ""
    let choices = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    throw Rejection(advice: "set it to \(choices)\(hint)")
  }

  static func address(_ text: String) throws(Rejection) -> BaseURL {
    do throws(BaseURLError) {
      return try BaseURL(text)
    } catch {
      // Addresses may contain credentials and tokens: one that may is not quoted.
      throw Rejection(advice: error.message, isShown: !text.contains { "@?#".contains($0) })
    }
  }

  static func tokenURL(_ text: String) throws(Rejection) -> TokenURL {
    do throws(BaseURLError) {
      return try TokenURL(text)
    } catch {
      throw Rejection(advice: error.message, isShown: !text.contains { "@?#".contains($0) })
    }
  }

  static func proxy(_ text: String) throws(Rejection) -> ProxySetting {
    if text == "none" { return .none }
    guard let proxy = try? HTTPProxy(text) else {
      throw Rejection(
        advice: "set it to none or to an HTTP proxy with its port, such as http://proxy.example.com:3128, with "
          + "user:password@ before the name where it asks for them",
        isShown: !text.contains("@"))
    }
    return .proxy(proxy)
  }

  /// A web address, which the service accepts unchanged.
  static func redirectURI(_ text: String) throws(Rejection) -> String {
    guard (1...512).contains(text.unicodeScalars.count), HarmlessText.isPlain(text) else {
      throw Rejection(advice: "set it to an address of at most 512 characters", isShown: false)
    }
    return text
  }

  /// An e-mail address.
  static func emailAddress(_ text: String) throws(Rejection) -> String {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard text.unicodeScalars.count <= 256, HarmlessText.isPlain(text), !text.contains(where: \.isWhitespace),
      parts.count == 2, parts.allSatisfy({ !$0.isEmpty })
    else { throw Rejection(advice: "set it to an e-mail address, such as ada@example.com") }
    return text
  }

  /// Text for the header.
  static func label(_ text: String) throws(Rejection) -> String {
    guard (1...40).contains(text.count), HarmlessText.isPlain(text), !text.allSatisfy(\.isWhitespace) else {
      throw Rejection(advice: "set it to 1 to 40 characters", isShown: false)
    }
    return text
  }

  /// The name of an environment variable.
  static func variable(_ text: String) throws(Rejection) -> String {
    let isName =
      text.first?.isNumber == false && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    guard isName else {
      // People put keys here by mistake.
      throw Rejection(advice: "set it to the name of a variable of the environment", isShown: false)
    }
    guard text != SettingName.key.variable else {
      throw Rejection(advice: "name another variable: this one's key goes to the address in SKYDECK_API_URL alone")
    }
    return text
  }

  /// Any text that isn't empty.
  static func some(_ text: String) throws(Rejection) -> String {
    guard !text.isEmpty else { throw Rejection(advice: "set it to something or remove it", isShown: false) }
    return text
  }
}

/// Durations in readable form: `500ms`, `30s`, `5m`, `1h`.
enum DurationText {
  private static let units: [(suffix: String, milliseconds: Int)] = [
    ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000),
  ]

  /// - Returns: `nil` for text that isn't a duration: a number without a unit, a negative one, one of more than a year.
  static func duration(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = units.first { $0.suffix == text.dropFirst(digits.count) }
    guard let unit, let number = Int(digits), number <= 31_536_000_000 / unit.milliseconds else { return nil }
    return .milliseconds(number * unit.milliseconds)
  }

  /// The shortest form, exact to the millisecond.
  static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    let unit =
      units.last { milliseconds.isMultiple(of: $0.milliseconds) && milliseconds >= $0.milliseconds } ?? units[0]
    return "\(milliseconds / unit.milliseconds)\(unit.suffix)"
  }
}

#if canImport(Glibc)
  import Glibc
#endif

/// The environment as it was at start.
public enum ProcessEnvironment {
  /// What is UTF-8: other values would become something else.
  public static var all: [String: String] {
    var values: [String: String] = [:]
    forEach { name, value in values[name] = value }
    return values
  }

  /// A variable of skydeck's own that can't be used, because it isn't UTF-8.
  public static var unreadableSetting: String? {
    var found: String?
    forEach { name, value in if value == nil, name.hasPrefix("SKYDECK_") { found = found ?? name } }
    return found
  }

  private static func forEach(_ take: (_ name: String, _ value: String?) -> Void) {
    var entry = environ
    while let text = entry.pointee {
      let bytes = UnsafeBufferPointer(start: text, count: strlen(text))
      if let equals = bytes.firstIndex(of: CChar(bitPattern: UInt8(ascii: "="))),
        let name = String(validating: bytes[..<equals].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      {
        let value = bytes[(equals + 1)...].lazy.map { UInt8(bitPattern: $0) }
        take(name, String(validating: value, as: UTF8.self))
      }
      entry += 1
    }
  }
}

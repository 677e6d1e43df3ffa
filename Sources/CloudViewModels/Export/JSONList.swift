import CloudAPI
import FoundationEssentials

/// A JSON list in bytes, with one record a line, made while its records arrive.
public struct JSONList: Sendable {
  private var isEmpty = true

  public init() {}

  /// The bytes for more records.
  public mutating func add(_ records: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for record in records {
      bytes += Array((isEmpty ? "[\n" : ",\n").utf8)
      bytes += HarmlessJSON.escaped(record)
      isEmpty = false
    }
    return bytes
  }

  /// The bytes that end the line of an incomplete list without closing the list.
  public var broken: [UInt8] { isEmpty ? [] : Array("\n".utf8) }

  /// The bytes that close the list. Use them only if all records were added: an incomplete list must not be valid JSON,
  /// so that nobody takes it for the whole.
  public var end: [UInt8] { Array((isEmpty ? "[]\n" : "\n]\n").utf8) }

  /// A record of skydeck's own columns as JSON.
  public static func record(_ members: [(name: String, value: FieldValue)]) -> [UInt8] {
    Array(("{" + members.map { "\"\($0.name)\":\($0.value.json)" }.joined(separator: ",") + "}").utf8)
  }
}

extension FieldValue {
  /// The value in JSON that skydeck writes itself: the machine text as text, flags and numbers as such, `null` if there
  /// is no value.
  public var json: String {
    switch self {
    case .flag(let flag?): return String(flag)
    case .number(let number?): return String(number)
    case .usage: return machineText.isEmpty ? "null" : machineText
    case .none, .unreadable, .flag(nil), .number(nil), .date(nil), .role(nil), .bytes(.waiting), .bytes(.failed):
      return "null"
    case .bytes(let state): return state.value?.bytes.map { String($0) } ?? "null"
    case .text, .email, .date, .role, .references, .node: return JSONString.quoted(machineText)
    }
  }
}

/// Text as a JSON string.
public enum JSONString {
  public static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }
}

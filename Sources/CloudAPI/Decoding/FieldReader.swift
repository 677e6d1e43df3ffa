import FoundationEssentials

/// Reads the fields of a record, each as far as it can be read: one that is odd is noted and costs no other.
///
/// What says the same in another type of JSON, as `"100"` for 100 does, is read.
struct FieldReader<Key: CodingKey> {
  /// `nil` for what stands in a record's place without being one.
  private let container: KeyedDecodingContainer<Key>?
  /// The record's place in its list; `nil` where it is in none.
  private let place: Int?
  private(set) var oddities: [FieldOddity] = []

  /// - Throws: where there is no object at all. In a list of records that is one of them that can't be read.
  init(_ decoder: any Decoder, keyedBy type: Key.Type = Key.self) throws {
    place = decoder.placeOfRecord
    do {
      container = try decoder.container(keyedBy: Key.self)
    } catch {
      let kind = try JSONValue(from: decoder).kind
      guard let place, decoder.isOfRecord, place > 0 || kind == JSONValue.null.kind else { throw error }
      container = nil
      oddities.append(FieldOddity(field: "", reason: "is \(kind), not an object", reading: .none))
    }
  }

  /// - Throws: where it can't be read and the record is in no list, in which it could stand without one.
  mutating func id<Record>(_ key: Key) throws -> Identifier<Record> {
    guard let container else { return Identifier(missingAt: place ?? 0) }
    do {
      return try container.decode(Identifier<Record>.self, forKey: key)
    } catch {
      // An object with nothing in it that is known is something else than a record.
      guard let place, !container.allKeys.isEmpty else { throw error }
      let reason =
        switch error {
        case let error as InvalidValue: error.reason
        case DecodingError.keyNotFound: "is missing"
        default: "can't be read"
        }
      note(key, reason, .none)
      return Identifier(missingAt: place)
    }
  }

  mutating func text(_ key: Key) -> String? {
    do {
      guard let text = try container?.decodeIfPresent(String.self, forKey: key) else { return nil }
      return harmless(text, key)
    } catch {
      return other(key, wanted: "text", read: \.scalarText).map { $0.cut(toBytes: TextLimit.text) }
    }
  }

  /// Text that every record has.
  mutating func requiredText(_ key: Key) -> String {
    if let text = text(key) { return text }
    if let container, oddities.last?.field != key.stringValue {
      note(key, container.contains(key) ? "is null" : "is missing", .none)
    }
    return ""
  }

  mutating func date(_ key: Key) -> Date? {
    do {
      guard let text = try container?.decodeIfPresent(String.self, forKey: key) else { return nil }
      if let date = ISO8601.parse(text) { return date }
      // It is not quoted: what a service puts there may be a key, which nothing masks on its way to the screen.
      note(key, text.isEmpty ? "is empty, not a date" : "is no date", .none)
      return nil
    } catch {
      return other(key, wanted: "a date") { _ in nil }
    }
  }

  mutating func role(_ key: Key) -> Role? {
    do {
      return try container?.decodeIfPresent(Int.self, forKey: key).map(Role.init(rawValue:))
    } catch {
      let role: Role? = other(key, wanted: "a whole number") { value in
        switch value {
        case .text(let text): Int(text).map(Role.init(rawValue:))
        default: nil
        }
      }
      return role
    }
  }

  mutating func flag(_ key: Key) -> Bool? {
    do {
      return try container?.decodeIfPresent(Bool.self, forKey: key)
    } catch {
      return other(key, wanted: "true or false") { value in
        switch value {
        case .number(1), .text("true"), .text("1"): true
        case .number(0), .text("false"), .text("0"): false
        default: nil
        }
      }
    }
  }

  /// A list without those of its elements that can't be read; empty where it is absent or null.
  mutating func list<Element: Decodable>(_ key: Key) -> [Element] {
    do {
      let elements = try container?.decodeIfPresent([Attempt<Element>].self, forKey: key) ?? []
      for (index, element) in elements.enumerated() where element.value == nil {
        oddities.append(FieldOddity(field: "\(key.stringValue)[\(index)]", reason: "can't be read", reading: .none))
      }
      return elements.compactMap(\.value)
    } catch {
      return other(key, wanted: "a list") { _ in nil } ?? []
    }
  }

  /// A record within this one.
  mutating func record<Record: Decodable>(_ key: Key) -> Record? {
    do {
      let record = try container?.decodeIfPresent(Record.self, forKey: key)
      for oddity in (record as? any ListRecord)?.oddities ?? [] {
        let field = oddity.field.isEmpty ? key.stringValue : "\(key.stringValue).\(oddity.field)"
        oddities.append(FieldOddity(field: field, reason: oddity.reason, reading: oddity.reading))
      }
      return record
    } catch {
      // What is an object has something odd within it.
      if (try? container?.nestedContainer(keyedBy: Key.self, forKey: key)) != nil {
        note(key, "can't be read", .none)
        return nil
      }
      return other(key, wanted: "a record") { _ in nil }
    }
  }

  // MARK: Oddities

  /// Reads a value that isn't of the type that it should be.
  private mutating func other<Value>(_ key: Key, wanted: String, read: (JSONValue) -> Value?) -> Value? {
    let found = try? container?.decode(JSONValue.self, forKey: key)
    let value = found.flatMap(read)
    note(key, "is \(found?.kind ?? "a number"), not \(wanted)", value == nil ? .none : .whole)
    return value
  }

  private mutating func harmless(_ text: String, _ key: Key) -> String {
    var text = text
    if let whole = JSONText.whole(text) {
      text = whole
      note(key, "holds half of a character (an unpaired surrogate)", .partial)
    }
    guard text.utf8.count > TextLimit.text else { return text }
    note(key, "has \(text.utf8.count) bytes, and only the first \(TextLimit.text) are kept", .cut)
    return text.cut(toBytes: TextLimit.text)
  }

  private mutating func note(_ key: Key, _ reason: String, _ reading: FieldOddity.Reading) {
    oddities.append(FieldOddity(field: key.stringValue, reason: reason, reading: reading))
  }
}

/// An element of a list, which costs no other where it can't be read.
private struct Attempt<Value: Decodable>: Decodable {
  let value: Value?

  init(from decoder: any Decoder) {
    value = try? Value(from: decoder)
  }
}

extension CodingUserInfoKey {
  /// The place in its list of a record that is read by itself.
  static let place = CodingUserInfoKey(rawValue: "place")
}

extension Decoder {
  private var givenPlace: Int? { CodingUserInfoKey.place.flatMap { userInfo[$0] as? Int } }

  /// The place in its list of the record that is read, or of the one that it is within; `nil` where that is in no list.
  fileprivate var placeOfRecord: Int? { givenPlace ?? codingPath.first?.intValue }

  /// Whether it reads a record of a list itself, not what is within one.
  fileprivate var isOfRecord: Bool { codingPath.count == (givenPlace == nil ? 1 : 0) }
}

extension JSONValue {
  /// As text, where it is a single value.
  fileprivate var scalarText: String? {
    switch self {
    case .text(let text): text
    case .number(let number): Int64(exactly: number).map { String($0) } ?? String(number)
    case .boolean(let flag): String(flag)
    case .null, .list, .object: nil
    }
  }
}

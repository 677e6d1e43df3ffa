import FoundationEssentials

/// Reads the fields of a record. A field that isn't as documented is noted and doesn't affect the others.
///
/// A value that means the same in another JSON type is accepted, such as `"100"` for 100.
struct FieldReader<Key: CodingKey> {
  /// `nil` if the value in the record's place isn't an object.
  private let container: KeyedDecodingContainer<Key>?
  /// The record's position in its list; `nil` if it is in no list.
  private let place: Int?
  private(set) var oddities: [FieldOddity] = []

  /// - Throws: if there is no object. In a list, that holds only for a first element that isn't null: any other becomes a
  ///   record that can't be read.
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

  /// - Throws: if the id can't be read and the record isn't in a list, where a record without an id is accepted.
  mutating func id<Record>(_ key: Key) throws -> Identifier<Record> {
    guard let container else { return Identifier(missingAt: place ?? 0) }
    do {
      return try container.decode(Identifier<Record>.self, forKey: key)
    } catch {
      // An object without any known field isn't a record.
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
      // The value is not quoted: it may be a key, and nothing masks it on its way to the screen.
      note(key, text.isEmpty ? "is empty, not a date" : "is not a date", .none)
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

  /// A list without the elements that can't be read; empty if it is absent or null.
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

  /// A nested record.
  mutating func record<Record: Decodable>(_ key: Key) -> Record? {
    do {
      let record = try container?.decodeIfPresent(Record.self, forKey: key)
      for oddity in (record as? any ListRecord)?.oddities ?? [] {
        let field = oddity.field.isEmpty ? key.stringValue : "\(key.stringValue).\(oddity.field)"
        oddities.append(FieldOddity(field: field, reason: oddity.reason, reading: oddity.reading))
      }
      return record
    } catch {
      // It is an object, so a field in it can't be read.
      if (try? container?.nestedContainer(keyedBy: Key.self, forKey: key)) != nil {
        note(key, "can't be read", .none)
        return nil
      }
      return other(key, wanted: "a record") { _ in nil }
    }
  }

  // MARK: Oddities

  /// Reads a value of an unexpected type.
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

/// An element of a list, which is `nil` if it can't be read, so that the others are still read.
private struct Attempt<Value: Decodable>: Decodable {
  let value: Value?

  init(from decoder: any Decoder) {
    value = try? Value(from: decoder)
  }
}

extension CodingUserInfoKey {
  /// The position in its list of a record that is decoded by itself.
  static let place = CodingUserInfoKey(rawValue: "place")
}

extension Decoder {
  private var givenPlace: Int? { CodingUserInfoKey.place.flatMap { userInfo[$0] as? Int } }

  /// The position in its list of the record that is decoded, or of the record around it; `nil` if it is in no list.
  fileprivate var placeOfRecord: Int? { givenPlace ?? codingPath.first?.intValue }

  /// Whether it decodes a record of a list itself, not a value in it.
  fileprivate var isOfRecord: Bool { codingPath.count == (givenPlace == nil ? 1 : 0) }
}

extension JSONValue {
  /// The value as text, if it is a scalar.
  fileprivate var scalarText: String? {
    switch self {
    case .text(let text): text
    case .number(let number): Int64(exactly: number).map { String($0) } ?? String(number)
    case .boolean(let flag): String(flag)
    case .null, .list, .object: nil
    }
  }
}

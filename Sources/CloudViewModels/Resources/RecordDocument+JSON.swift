import CloudAPI
import FoundationEssentials

extension RecordDocument {
  /// A document made from what PUT takes.
  ///
  /// - Parameters:
  ///   - fields: the names on the wire, all of which the document must hold, in the order they are shown.
  ///   - draft: what PUT would take for the record as it is.
  public static func of<Draft: Codable & Hashable & Sendable>(
    _ type: Draft.Type, fields: [String], draft: @escaping @Sendable (Record) -> Draft,
    call: @escaping @Sendable (Scope, Record.ID, Draft) -> Call
  ) -> RecordDocument {
    RecordDocument(
      json: { record in Self.json(of: draft(record), fields: fields) },
      replacement: { text, record, scope throws(DocumentError) in
        let edited = try Self.draft(type, from: text, fields: fields)
        guard edited != draft(record) else { return nil }
        try Self.refuseNull(in: text)
        return call(scope, record.id, edited)
      })
  }

  private static func json(of draft: some Encodable, fields: [String]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    // One field a line in the API's order, absent ones as null, so that each can be seen and set.
    let lines = fields.map { field in
      let value = (try? encoder.encode(OneField(name: field, draft: draft))).map {
        // It is read in an editor, on a terminal: what is hidden is seen there, and nothing steers it.
        String(decoding: HarmlessJSON.escaped(Array($0)), as: UTF8.self)
      }
      return "  \"\(field)\": \(value ?? "null")"
    }
    return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
  }

  private static func draft<Draft: Decodable>(
    _ type: Draft.Type, from text: String, fields: [String]
  ) throws(DocumentError) -> Draft {
    let decoder = JSONDecoder()
    // The document holds comments, and a comma too many is no reason to send a person back.
    decoder.allowsJSON5 = true
    do {
      let data = Data(text.utf8)
      let names = try decoder.decode(FieldNames.self, from: data).names
      if let unknown = names.first(where: { !fields.contains($0) }) {
        throw DocumentError("There is no field \"\(unknown)\". Fields: \(fields.joined(separator: ", ")).")
      }
      if let missing = fields.first(where: { !names.contains($0) }) {
        throw DocumentError("The field \"\(missing)\" is missing: PUT takes all of them.")
      }
      return try decoder.decode(type, from: data)
    } catch let error as DocumentError {
      throw error
    } catch DecodingError.typeMismatch(_, let context) {
      throw DocumentError("\(path(context)) has a value of the wrong type.")
    } catch DecodingError.valueNotFound(_, let context) {
      throw DocumentError("\(path(context)) can't be null.")
    } catch DecodingError.dataCorrupted(let context) {
      throw DocumentError("This is not JSON: " + reason(context))
    } catch {
      throw DocumentError("This can't be read.")
    }
  }

  /// PUT takes no null, and a draft whose field is optional would leave it out unsaid. A record that has one itself is
  /// shown with it, so that this is asked of changed documents only.
  private static func refuseNull(in text: String) throws(DocumentError) {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    if let null = try? decoder.decode(FieldNames.self, from: Data(text.utf8)).nulls.first {
      throw DocumentError("\"\(null)\" can't be null.")
    }
  }

  private static func path(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined()
    return path.isEmpty ? "The document" : "\"\(path)\""
  }

  private static func reason(_ context: DecodingError.Context) -> String {
    context.underlyingError.map { "\($0)" } ?? context.debugDescription
  }
}

/// The names of an object's fields, whatever their values.
private struct FieldNames: Decodable {
  let names: [String]
  /// Those of fields that are null.
  let nulls: [String]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnyCodingKey.self)
    names = container.allKeys.map(\.stringValue)
    nulls = try container.allKeys.filter { try container.decodeNil(forKey: $0) }.map(\.stringValue)
  }
}

/// One field of a draft, encoded as the draft encodes it.
private struct OneField<Draft: Encodable>: Encodable {
  let name: String
  let draft: Draft

  func encode(to encoder: any Encoder) throws {
    let data = try JSONEncoder().encode(draft)
    let values = try JSONDecoder().decode([String: JSONValue].self, from: data)
    try (values[name] ?? .null).encode(to: encoder)
  }
}

/// Any JSON, as far as the drafts use it.
private enum JSONValue: Codable {
  case null
  case number(Int)
  case text(String)
  case list([JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else {
      self = .list(try container.decode([JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .list(let list): try container.encode(list)
    }
  }
}

private struct AnyCodingKey: CodingKey {
  let stringValue: String
  let intValue: Int? = nil

  init(stringValue: String) {
    self.stringValue = stringValue
  }

  init?(intValue: Int) {
    nil
  }
}

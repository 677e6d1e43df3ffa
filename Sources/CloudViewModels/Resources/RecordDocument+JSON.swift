import CloudAPI
import FoundationEssentials

extension RecordDocument {
  /// Makes a document from the fields that PUT takes.
  ///
  /// - Parameters:
  ///   - fields: the JSON names, in the order shown; an edited document must hold all of them.
  ///   - draft: returns what PUT would send for the unchanged record.
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
    // One field per line in the API's order, missing ones as null, so that every field can be seen and set.
    let lines = fields.map { field in
      let value = (try? encoder.encode(OneField(name: field, draft: draft))).map {
        // The document is shown by an editor on a terminal: escapes make hidden characters visible and harmless.
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
    // The document contains comments, and a surplus comma is tolerated.
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

  /// Refuses null, which PUT doesn't take: decoding a draft would silently drop an optional field. A record with null
  /// itself is shown with it, so only changed documents are checked.
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

/// The field names of a JSON object.
private struct FieldNames: Decodable {
  let names: [String]
  /// The names of the fields that are null.
  let nulls: [String]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnyCodingKey.self)
    names = container.allKeys.map(\.stringValue)
    nulls = try container.allKeys.filter { try container.decodeNil(forKey: $0) }.map(\.stringValue)
  }
}

/// One field of a draft, in the draft's encoding.
private struct OneField<Draft: Encodable>: Encodable {
  let name: String
  let draft: Draft

  func encode(to encoder: any Encoder) throws {
    let data = try JSONEncoder().encode(draft)
    let values = try JSONDecoder().decode([String: JSONValue].self, from: data)
    try (values[name] ?? .null).encode(to: encoder)
  }
}

/// A JSON value of one of the types that drafts use.
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

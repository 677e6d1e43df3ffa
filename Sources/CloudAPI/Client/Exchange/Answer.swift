import FoundationEssentials
import HTTPTypes

/// A response whose body has been read completely.
struct Answer: Sendable {
  let head: HTTPResponse
  /// Empty if a receiver took the body.
  let body: Data
  /// The size of the body in bytes, as far as it was read.
  let bodySize: Int

  var status: Int { head.status.code }

  var isSuccess: Bool { head.status.kind == .successful }

  /// The media type without its parameters, in lower case.
  var mediaType: String? {
    head.headerFields[.contentType].map { type in
      String(type.prefix { $0 != ";" }).lowercased().replacing(" ", with: "")
    }
  }

  /// The title of the page if the body is HTML, as proxies and sign-in pages send it; empty for a page without a title.
  var htmlTitle: String? {
    HTMLPage.title(of: body, mediaType: mediaType)
  }

  /// The longest wait that the client accepts from a service, in seconds: a year.
  private static let longestWait = 365 * 86_400

  /// The wait that `Retry-After` asks for (RFC 9110, section 10.2.3: seconds or a date), from 0 to a year; `nil` if it
  /// can't be read. A date is compared with the service's clock if the response has a `Date` field.
  func retryAfter(now: Date) -> Duration? {
    guard let field = head.headerFields[.retryAfter] else { return nil }
    if let seconds = Int(field) {
      return seconds < 0 ? nil : .seconds(min(seconds, Self.longestWait))
    }
    return HTTPDate.parse(field, now: now).map { date in
      let present = head.headerFields[.date].flatMap { HTTPDate.parse($0, now: now) } ?? now
      return .seconds(min(max(0, date.timeIntervalSince(present)), Double(Self.longestWait)))
    }
  }

  /// Decodes the body as `Value`.
  ///
  /// - Parameter name: what the response holds, for error messages: `users` makes `users[3].email is …`.
  func decode<Value: Decodable>(_ type: Value.Type, name: String) throws(UnreadableAnswer) -> Value {
    try checkForm()
    return try JSONText.decode(from: body, name: name)
  }

  /// The body as the service wrote it.
  func json() throws(UnreadableAnswer) -> JSONText {
    try checkForm()
    return try JSONText(body)
  }

  /// The response reduced to one record of its list; `nil` if the list has no record with that id.
  func picking(_ id: String) throws(UnreadableAnswer) -> Answer? {
    struct Identified: Decodable {
      let id: Identifier<Identified>
    }
    for record in try elements() where (try? record.decode(Identified.self, name: "user"))?.id.rawValue == id {
      return record
    }
    return nil
  }

  /// One response for each record of the list.
  func elements() throws(UnreadableAnswer) -> [Answer] {
    try checkForm()
    var scanner = JSONScanner(.elements)
    var records: [[UInt8]] = []
    try scanner.read(Array(body)) { records.append($0) }
    try scanner.finish { records.append($0) }
    return records.map { Answer(head: head, body: Data($0), bodySize: bodySize) }
  }

  /// The members of the record.
  func object() throws(UnreadableAnswer) -> [String: JSONValue] {
    try decode([String: JSONValue].self, name: "the answer")
  }

  /// Checks that there is a body and that it is no HTML page.
  func checkForm() throws(UnreadableAnswer) {
    if body.isEmpty { throw UnreadableAnswer(reason: "the response is empty") }
    if let title = htmlTitle { throw UnreadableAnswer(pageTitled: title) }
  }
}

import FoundationEssentials

/// Why a successful response doesn't describe the record that was requested.
struct InconclusiveAnswer: Error {
  /// What is wrong with the response.
  enum Kind {
    /// 204, or no body where a record belongs: the write was carried out, and the record must be read.
    case empty
    /// It describes the record, but lacks a field that was sent.
    case incomplete
    /// It describes something else, or can't be read.
    case other
  }

  let kind: Kind
  /// The end of the sentence "the service's answer can't be read".
  let reason: String

  init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }
}

/// Checks that a successful response describes the record of the request: by its id, for a new record by its name or
/// e-mail, and by the values that were sent.
///
/// A wrong response comes from a connection whose responses are out of step, a proxy, or a service of another edition.
struct AnswerCheck {
  private let operation: Operation
  /// The record's id; `nil` for a new record.
  private let id: String?
  /// The id of the cloud that the record is in.
  private let cloud: String?
  /// The values that were sent, by the field names of the response.
  private let sent: [String: JSONValue]

  init(_ request: CallRequest) {
    operation = request.operation
    id = operation.isNew ? nil : request.ids.last
    cloud = request.ids.first
    var sent = (try? JSONDecoder().decode([String: JSONValue].self, from: Data(request.body))) ?? [:]
    switch operation.kind {
    // Only the e-mail identifies an invitation: the service leaves one that is pending already as it is.
    case .invitation: sent = sent.filter { $0.key == "email" }
    case .user:
      if let role = sent.removeValue(forKey: "role") { sent["cloud_role"] = role }
    case .cloud, .processor: break
    }
    self.sent = sent
  }

  /// - Throws: if the response doesn't describe the record.
  func check(_ answer: Answer) throws(InconclusiveAnswer) {
    switch operation.action {
    case .list, .readSize: return
    case .remove: try checkDeletion(answer)
    case .read, .create, .edit, .replace, .createDemo:
      guard !answer.body.isEmpty else {
        throw InconclusiveAnswer(operation.isWrite ? .empty : .other, "the response is empty")
      }
      // The caller, who decodes the record, reports why it can't be read.
      if let members = try? answer.object() { try check(members) }
    }
  }

  /// Whether a record of a list matches what was sent, as far as its fields tell.
  func isMet(by members: [String: JSONValue]) -> Bool {
    do throws(InconclusiveAnswer) {
      try check(members)
      return true
    } catch {
      return error.kind == .incomplete
    }
  }

  private func check(_ members: [String: JSONValue]) throws(InconclusiveAnswer) {
    let name = operation.answerName ?? "record"
    if let id, let found = members["id"]?.idText, !found.isEmpty, !Self.isSame(found, id) {
      throw InconclusiveAnswer(.other, "it is about \(name) \(found), not \(id)")
    }
    if operation == .createDemo { try checkProject(members) }
    for (key, value) in sent.sorted(by: { $0.key < $1.key }) {
      guard let found = members[key], found != .null else { continue }
      guard value.isSame(found, isAddress: key == "email") else {
        throw InconclusiveAnswer(.other, "\(name).\(key) isn't what was sent")
      }
    }
    let missing = sent.filter { $0.value != .null && members[$0.key] ?? .null == .null }.keys.min()
    if let missing {
      // A new record can be identified by its name or e-mail only.
      let tells = operation.isNew && ["name", "email"].contains(missing)
      throw InconclusiveAnswer(tells ? .other : .incomplete, "\(name).\(missing) is missing")
    }
  }

  /// The values that were sent don't identify a project: checks that it is one, and its cloud if the record names it.
  private func checkProject(_ members: [String: JSONValue]) throws(InconclusiveAnswer) {
    if ["features", "parent_processors", "email", "redirect_uri"].contains(where: { members[$0] != nil }) {
      throw InconclusiveAnswer(.other, "it is about something else than a project")
    }
    guard let cloud, case .object(let owner)? = members["cloud"], let found = owner["id"]?.idText else { return }
    guard Self.isSame(found, cloud) else {
      throw InconclusiveAnswer(.other, "it is about a project of cloud \(found), not \(cloud)")
    }
  }

  /// The API answers a deletion with an empty body: any other body may belong to another request.
  private func checkDeletion(_ answer: Answer) throws(InconclusiveAnswer) {
    guard let first = answer.body.first else { return }
    let members: [String: JSONValue]
    do {
      members = try answer.object()
    } catch {
      // If an object was cut off on the way, the status decides.
      if first == UInt8(ascii: "{") { return }
      throw InconclusiveAnswer(.other, error.reason)
    }
    guard let id, let found = members["id"]?.idText, !Self.isSame(found, id) else { return }
    throw InconclusiveAnswer(.other, "it is about record \(found), not \(id)")
  }

  private static func isSame(_ found: String, _ id: String) -> Bool {
    if let found = Int(found), let id = Int(id) { return found == id }
    return found == id
  }
}

extension JSONValue {
  /// An id as it is written in a path.
  var idText: String? {
    switch self {
    case .text(let text): text
    case .number(let number): Int(exactly: number).map { String($0) } ?? String(number)
    default: nil
    }
  }

  /// Whether a service means the same value: services trim text, send ids as numbers or text, and reorder lists.
  ///
  /// - Parameter isAddress: whether it is an e-mail address, whose case services change.
  func isSame(_ other: JSONValue, isAddress: Bool) -> Bool {
    switch (self, other) {
    case (.text(let mine), .text(let others)):
      let (mine, others) = (mine.trimmed, others.trimmed)
      return isAddress ? mine.lowercased() == others.lowercased() : mine == others
    case (.list(let mine), .list(let others)):
      return Set(mine.map { $0.idText ?? "" }) == Set(others.map { $0.idText ?? "" })
    case (.number, .text), (.text, .number): return idText == other.idText
    default: return self == other
    }
  }
}

extension String {
  fileprivate var trimmed: Substring {
    let start = drop(while: \.isWhitespace)
    return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
  }
}

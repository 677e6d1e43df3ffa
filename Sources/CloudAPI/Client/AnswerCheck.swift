import FoundationEssentials

/// Why an answer of success says nothing of the record that was asked for.
struct InconclusiveAnswer: Error {
  /// What the answer is like.
  enum Kind {
    /// 204, or no body where a record belongs: it was done, and what is there now is to be read.
    case empty
    /// It is about the record, and leaves away what was sent.
    case incomplete
    /// It is about something else, or can't be read.
    case other
  }

  let kind: Kind
  /// As the end of "the service's answer can't be read".
  let reason: String

  init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }
}

/// What an answer of success has to be about, so that it can be believed: the record by its id; where it is new, what
/// tells it; and the values that were sent.
///
/// A connection whose answers are out of step, a proxy or a service of another edition sends others.
struct AnswerCheck {
  private let operation: Operation
  /// The id that the record has; `nil` where it is new.
  private let id: String?
  /// The cloud that it is in.
  private let cloud: String?
  /// What was sent, by the names that answers have for it.
  private let sent: [String: JSONValue]

  init(_ request: CallRequest) {
    operation = request.operation
    id = operation.isNew ? nil : request.ids.last
    cloud = request.ids.first
    var sent = (try? JSONDecoder().decode([String: JSONValue].self, from: Data(request.body))) ?? [:]
    switch operation.kind {
    // What tells an invitation: one that was pending before stays as it was.
    case .invitation: sent = sent.filter { $0.key == "email" }
    case .user:
      if let role = sent.removeValue(forKey: "role") { sent["cloud_role"] = role }
    case .cloud, .processor: break
    }
    self.sent = sent
  }

  /// - Throws: where the answer can't be believed.
  func check(_ answer: Answer) throws(InconclusiveAnswer) {
    switch operation.action {
    case .list, .readSize: return
    case .remove: try checkDeletion(answer)
    case .read, .create, .edit, .replace, .createDemo:
      guard !answer.body.isEmpty else {
        throw InconclusiveAnswer(operation.isWrite ? .empty : .other, "the response is empty")
      }
      // Why it can't be read is said by who reads it as a record.
      if let members = try? answer.object() { try check(members) }
    }
  }

  /// Whether a record of a list is what was sent, as far as it tells.
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
      // What tells a new record is all that there is to know it by.
      let tells = operation.isNew && ["name", "email"].contains(missing)
      throw InconclusiveAnswer(tells ? .other : .incomplete, "\(name).\(missing) is missing")
    }
  }

  /// What is sent for it tells nothing: it is a project at all, and that cloud's where it says which.
  private func checkProject(_ members: [String: JSONValue]) throws(InconclusiveAnswer) {
    if ["features", "parent_processors", "email", "redirect_uri"].contains(where: { members[$0] != nil }) {
      throw InconclusiveAnswer(.other, "it is about something else than a project")
    }
    guard let cloud, case .object(let owner)? = members["cloud"], let found = owner["id"]?.idText else { return }
    guard Self.isSame(found, cloud) else {
      throw InconclusiveAnswer(.other, "it is about a project of cloud \(found), not \(cloud)")
    }
  }

  /// The API answers a deletion with nothing: other contents may be an answer to something else.
  private func checkDeletion(_ answer: Answer) throws(InconclusiveAnswer) {
    guard let first = answer.body.first else { return }
    let members: [String: JSONValue]
    do {
      members = try answer.object()
    } catch {
      // Where the rest of an object was lost on the way, the status tells.
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
  /// An id as it stands in a path.
  var idText: String? {
    switch self {
    case .text(let text): text
    case .number(let number): Int(exactly: number).map { String($0) } ?? String(number)
    default: nil
    }
  }

  /// Whether a service says the same: it trims texts, sends ids as numbers or text, and lists in an order of its own.
  ///
  /// - Parameter isAddress: whether it is an e-mail address, of which services change the case.
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

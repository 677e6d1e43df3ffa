import FoundationEssentials
import TerminalTestSupport

/// Reads the service's state over plain HTTP without any code of the client, to check the effect of a story.
struct SimulatedService {
  struct Cloud: Decodable, Hashable { let id: Int, name: String }
  struct User: Decodable, Hashable { let id: Int, email: String?, cloudRole: Int? }
  struct Invitation: Decodable, Hashable { let id: Int, email: String, redirectUri: String? }
  struct Processor: Decodable, Hashable { let id: Int, name: String, parentProcessors: [Int] }

  struct Request: Decodable, Hashable { let method: String, path: String, status: Int?, applied: Bool }

  let port: Int
  let key: String

  /// The requests that arrived, in order.
  func requests() throws -> [Request] { try get("/_simulator/requests") }

  func clouds() throws -> [Cloud] { try get("/cloud") }
  func users(of cloud: Int) throws -> [User] { try get("/cloud/\(cloud)/user") }
  func invitations(of cloud: Int) throws -> [Invitation] { try get("/cloud/\(cloud)/invitation") }
  func processors(of cloud: Int) throws -> [Processor] { try get("/cloud/\(cloud)/processor") }

  /// The field names of the first record of a list.
  func fields(of path: String) throws -> [String] {
    let records: [[String: JSONAny]] = try JSONDecoder().decode(
      [[String: JSONAny]].self, from: Data(request("GET", path, Data())))
    return records.first.map { Array($0.keys) } ?? []
  }

  /// The addresses of a cloud's users, whatever their ids.
  func addresses(of cloud: Int) throws -> [String?] {
    struct User: Decodable { let email: String? }
    let users: [User] = try get("/cloud/\(cloud)/user")
    return users.map(\.email)
  }

  /// The clouds in which somebody has an address, ignoring case.
  func clouds(withMember email: String) throws -> [Int] {
    try clouds().map(\.id).filter { try users(of: $0).contains { $0.email?.lowercased() == email.lowercased() } }
  }

  /// The clouds to which an address is invited, ignoring case.
  func clouds(withInvitationOf email: String) throws -> [Int] {
    try clouds().map(\.id).filter { try invitations(of: $0).contains { $0.email.lowercased() == email.lowercased() } }
  }

  /// The requests that aren't reads, in order.
  func writes() throws -> [Request] { try requests().filter { $0.method != "GET" } }

  /// How many e-mails each invitation has sent, as `CLOUD ADDRESS`.
  func emails() throws -> [String: Int] {
    struct Sent: Decodable { let cloud: Int, email: String, count: Int }
    let sent: [Sent] = try get("/_simulator/emails")
    return Dictionary(uniqueKeysWithValues: sent.map { ("\($0.cloud) \($0.email)", $0.count) })
  }

  func removeUser(_ user: Int, from cloud: Int) throws {
    _ = try request("DELETE", "/cloud/\(cloud)/user/\(user)", Data())
  }

  func setRole(of user: Int, in cloud: Int, to role: Int) throws {
    _ = try request("PATCH", "/cloud/\(cloud)/user/\(user)", JSONEncoder().encode(["role": role]))
  }

  func name(of cloud: Int) throws -> String? { try clouds().first { $0.id == cloud }?.name }
  func role(of user: Int, in cloud: Int) throws -> Int? { try users(of: cloud).first { $0.id == user }?.cloudRole }

  @discardableResult
  func createCloud(named name: String) throws -> Cloud {
    try Self.decoder.decode(Cloud.self, from: Data(request("POST", "/cloud", JSONEncoder().encode(["name": name]))))
  }

  func createProcessor(named name: String, in cloud: Int) throws {
    _ = try request("POST", "/cloud/\(cloud)/processor", JSONEncoder().encode(["name": name]))
  }

  func renameCloud(_ cloud: Int, to name: String) throws {
    _ = try request("PATCH", "/cloud/\(cloud)", JSONEncoder().encode(["name": name]))
  }

  func deleteCloud(_ cloud: Int) throws {
    _ = try request("DELETE", "/cloud/\(cloud)", Data())
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  private func get<Answer: Decodable>(_ path: String) throws -> Answer {
    try Self.decoder.decode(Answer.self, from: Data(request("GET", path, Data())))
  }

  /// - Returns: the body of a response with a 2xx status.
  private func request(_ method: String, _ path: String, _ body: Data) throws -> [UInt8] {
    let connection = try LoopbackConnection(port: port)
    let head = """
      \(method) \(path) HTTP/1.1\r
      Host: 127.0.0.1:\(port)\r
      Authorization: Bearer \(key)\r
      Content-Type: application/json\r
      Content-Length: \(body.count)\r
      Connection: close\r
      \r\n
      """
    try connection.send(Array(head.utf8) + body)
    let answer = try connection.readToEnd()
    guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)), answer.starts(with: Array("HTTP/1.1 2".utf8)) else {
      throw TerminalTestError.system(call: "\(method) \(path)", reason: String(decoding: answer, as: UTF8.self))
    }
    return Array(answer[end.upperBound...])
  }
}

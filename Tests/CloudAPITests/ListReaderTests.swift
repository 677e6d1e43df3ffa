import FoundationEssentials
import TestSupport
import Testing

@testable import CloudAPI

/// A list of records that is read while it arrives, compared with `JSONDecoder` on the whole list.
@Suite struct ListReaderTests {
  private enum Outcome: Equatable {
    case users([User])
    case refused(String)
  }

  private func streamed(_ chunks: some Sequence<[UInt8]>) -> Outcome {
    var reader = ListReader<User>(name: "users")
    var users: [User] = []
    do {
      for chunk in chunks { users += try reader.read(chunk) }
      return .users(users + (try reader.finish()))
    } catch {
      return .refused(error.reason)
    }
  }

  private func whole(_ body: [UInt8]) -> Outcome {
    let body = Data(body)
    do {
      return .users(try JSONText.decode(from: body, name: "users"))
    } catch {
      return .refused(error.reason)
    }
  }

  /// Reads the list in one piece, byte by byte, and in two pieces cut anywhere.
  private func expectSame(_ body: [UInt8], _ expected: Outcome, _ comment: Comment) {
    #expect(streamed([body]) == expected, comment)
    #expect(streamed(body.map { [$0] }) == expected, comment)
    for cut in stride(from: 1, to: body.count, by: max(1, body.count / 40)) {
      #expect(streamed([Array(body[..<cut]), Array(body[cut...])]) == expected, comment)
    }
  }

  @Test(arguments: [
    #"[]"#, #" [ ] "#, #"[{"id":1}]"#, #"[ {"id" : "u-1" , "email":null } , {"id":2}]"#, #"[{"id":0},{"id":-7}]"#,
    #"[{"id":"","email":"","company":""}]"#, #"[{"id":1.0},{"id":1e2},{"id":-0}]"#,
    #"[{"id":999999999999999999},{"id":9223372036854775807}]"#, #"[{"id":9223372036854775808}]"#,
    #"[{"id":1,"cloud_role":100},{"id":2,"cloud_role":-5},{"id":3,"cloud_role":null}]"#,
    #"[{"id":1,"cloud_role":1.5}]"#, #"[{"id":1,"cloud_role":"100"}]"#, #"[{"id":1,"cloud_role":1e2}]"#,
    #"[{"id":1,"email":"a\"b\\c\/d\b\f\n\r\té\ud83d\ude00"}]"#, #"[{"id":1,"email":"\ud83d"}]"#,
    #"[{"id":1,"email":"\ude00"}]"#, #"[{"id":1,"email":"\u12"}]"#, #"[{"id":1,"email":"\x41"}]"#,
    #"[{"id":1,"\u0065mail":"escaped name"}]"#, #"[{"id":1,"id":2,"email":"a","email":"b"}]"#,
    #"[{"id":1,"in_all_projects":true,"sub":"s","provider":"p","profile_picture":"x","project_role":25}]"#,
    #"[{"id":1,"in_all_projects":1}]"#, #"[{"id":1,"in_all_projects":"yes"}]"#, #"[{"id":null}]"#, #"[{}]"#,
    #"[{"email":"a"}]"#, #"[{"id":true}]"#, #"[{"id":[1]}]"#, #"[null]"#, #"[{"id":1},null]"#, #"[{"id":1},2]"#,
    #"[{"id":1},[2]]"#, #"["x"]"#, #"{"results":[]}"#, "null", "3", #""text""#, "", "   ", "OK", "[", "[{",
    #"[{"id":1}"#, #"[{"id":1},"#, #"[{"id":1}]]"#, #"[{"id":1}] x"#, #"[{"id":1} {"id":2}]"#,
    #"[{"id":1,"created_at":"2017-12-01T10:09:54Z","updated_at":"2019-05-23T13:07:17.123456+02:00"}]"#,
    #"[{"id":1},{"id":2,"created_at":"yesterday"}]"#, #"[{"id":1,"created_at":"2017\u002d12-01"}]"#,
    #"[{"id":1,"created_at":12}]"#, #"[{"id":1,"x":{"id":5,"y":[1,-2.5e3,true,false,null,{"z":"é"}]},"email":"e"}]"#,
    #"[{"id":1,"firstname":"日本","lastname":"é́"},{"id":2,"company":"\u0000"}]"#, "\u{FEFF}[{\"id\":1}]",
    "[{\"id\":1,\"email\":\"a\tb\"}]", #"[{"id":1,"x":nul}]"#, #"[{"id":1,"x":+1}]"#, #"[{"id":1 "email":"a"}]"#,
  ])
  func whatIsReadOnArrivalIsWhatIsReadWhole(_ text: String) {
    let body = Array(text.utf8)
    let expected = body.isEmpty || text.allSatisfy(\.isWhitespace) ? nil : whole(body)
    expectSame(body, expected ?? .refused("the response is empty"), Comment(rawValue: text))
  }

  @Test(arguments: [
    #"[{"id":007}]"#, #"[{"id":1},]"#, #"[{"id":1,"x":01}]"#, #"[{"id":1,"x":1.}]"#, #"[{"id":1,}]"#,
    #"[{"id":1,"x":"\q"}]"#,
    "[{\"id\":1,\"x\":\"a\u{7}b\"}]", "[{\"id\":1,\"x\":\(String(repeating: "[", count: 600))",
  ])
  func whatIsNoJSONIsRefusedAlsoWhereNobodyLooks(_ text: String) {
    let refusal = Outcome.refused("the response is not valid JSON, or is cut off")
    expectSame(Array(text.utf8), refusal, Comment(rawValue: text))
  }

  @Test func bytesThatAreNoTextAreRefusedWhereverTheyStand() {
    let refusal = Outcome.refused("the response is not valid JSON, or is cut off")
    for member in ["email", "unknown"] {
      let body = Array("[{\"id\":1,\"\(member)\":\"".utf8) + [0xC3, 0x28] + Array("\"}]".utf8)
      expectSame(body, refusal, Comment(rawValue: member))
    }
  }

  @Test func anyUsersAreReadTheSameEitherWay() throws {
    var random = SeededGenerator(seed: 42)
    for _ in 0..<300 {
      let body = Array(UserText.list(using: &random).utf8)
      expectSame(body, whole(body), Comment(rawValue: String(decoding: body, as: UTF8.self)))
    }
  }

  @Test func almostEveryDamageIsToldTheSameEitherWay() {
    // One byte of a list is replaced: valid JSON is read alike, other input is refused.
    var random = SeededGenerator(seed: 7)
    let list = Array(UserText.list(using: &random).utf8)
    for _ in 0..<2_000 {
      var body = list
      body[Int.random(in: body.indices, using: &random)] = UInt8.random(in: 0x20...0x7E, using: &random)
      guard (try? JSONText(body)) != nil else { continue }
      #expect(streamed([body]) == whole(body), "\(String(decoding: body, as: UTF8.self))")
    }
  }

  @Test func recordsAreThereWithTheBytesThatEndThem() throws {
    var reader = ListReader<User>(name: "users")
    #expect(try reader.read(Array(#"[{"id":1},{"id":2},{"#.utf8)).map(\.id) == [1, 2])
    #expect(try reader.read(Array(#""id":3}"#.utf8)).map(\.id) == [3])
    #expect(try reader.read(Array(",".utf8)).isEmpty)
    #expect(try reader.read(Array(#"{"id":4}]"#.utf8)).map(\.id) == [4])
    #expect(try reader.finish().isEmpty)
  }

  @Test func whatIsNoListIsNotCollectedForEver() throws {
    var reader = ListReader<User>(name: "users")
    let blanks = [UInt8](repeating: UInt8(ascii: " "), count: 600_000)
    _ = try reader.read(Array("{\"detail\":\"".utf8) + blanks)
    #expect(throws: UnreadableAnswer.self) { try reader.read(blanks) }
  }
}

/// Generates lists of users in all notations of JSON.
private enum UserText {
  private static let texts = [
    #""ada@atelier.example""#, #""""#, "null", #""Ødegård \u00e9 \"x\" \ud83d\ude00""#, #""日本\n""#, #""a\\""#,
  ]
  private static let dates = [
    #""2019-05-23T13:07:17Z""#, "null", #""2020-02-29 23:59:59.5+02:00""#, #""2020-02-29""#,
  ]
  private static let numbers = ["100", "null", "-3", "0", "50", "7e1"]
  private static let others = ["{}", "[]", #"{"a":[1,{"b":null}]}"#, "1.5e-3", "true", #""\u0041""#]

  static func list(using random: inout SeededGenerator) -> String {
    let count = Int.random(in: 0...6, using: &random)
    let users = (0..<count).map { _ in user(using: &random) }
    return "[" + blank(&random) + users.joined(separator: blank(&random) + "," + blank(&random)) + "]"
  }

  private static func user(using random: inout SeededGenerator) -> String {
    var members = [("id", ["1", "\"u-7\"", "123456", "12.0", "\"\""])]
    members += ["email", "company", "firstname", "lastname", "sub", "provider"].map { ($0, texts) }
    members += [("created_at", dates), ("updated_at", dates), ("cloud_role", numbers), ("project_role", numbers)]
    members += [("in_all_projects", ["true", "false", "null"]), ("unknown", others), ("x", texts)]
    members.removeAll { $0.0 != "id" && Bool.random(using: &random) }
    members.shuffle(using: &random)
    let written = members.map { name, values in
      "\"\(name)\"\(blank(&random)):\(blank(&random))\(values.randomElement(using: &random) ?? "null")"
    }
    return "{" + blank(&random) + written.joined(separator: "," + blank(&random)) + blank(&random) + "}"
  }

  private static func blank(_ random: inout SeededGenerator) -> String {
    ["", "", "", " ", "\n\t"].randomElement(using: &random) ?? ""
  }
}

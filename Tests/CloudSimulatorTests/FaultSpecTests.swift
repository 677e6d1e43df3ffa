import CloudSimulator
import HTTPTypes
import Testing

@Suite("Specifications of faults")
struct FaultSpecTests {
  /// The statuses of successive requests; 0 for a lost response.
  private func statuses(
    _ specs: [String], seed: UInt64 = 1, _ requests: [(HTTPRequest.Method, String)]
  ) async throws -> [Int] {
    let simulator = Simulator.fixed(data: .demo)
    await simulator.setFaultPlan(FaultPlan(try specs.map(FaultSpec.init), seed: seed))
    for (method, path) in requests { _ = await simulator.exchange(method, path) }
    return await simulator.requests.map { $0.status?.code ?? 0 }
  }

  private func gets(_ count: Int) -> [(HTTPRequest.Method, String)] {
    Array(repeating: (.get, "/cloud/3"), count: count)
  }

  @Test(arguments: [
    ("500", [500, 500, 500, 500]), ("500:/cloud/*", [200, 500, 500, 200]), ("500:/cloud/**", [500, 500, 500, 500]),
    ("500:/cloud/*/size", [200, 200, 200, 500]), ("500:PATCH", [200, 200, 500, 200]),
    ("500:GET,PATCH:/cloud/3", [200, 500, 500, 200]), ("500:*:/cloud", [500, 200, 200, 200]),
    ("500:/cloud/3/**", [200, 500, 500, 500]), ("500:/cloud/9", [200, 200, 200, 200]),
  ])
  func methodAndPathSayWhichRequestsAreStruck(spec: String, expected: [Int]) async throws {
    let requests: [(HTTPRequest.Method, String)] = [
      (.get, "/cloud?x=/cloud/3"), (.get, "/cloud/3"), (.patch, "/cloud/3"), (.get, "/cloud/3/size"),
    ]
    #expect(try await statuses([spec], requests) == expected)
  }

  @Test(arguments: [
    ("503:n=2", [503, 503, 200, 200, 200]), ("503:after=3", [200, 200, 200, 503, 503]),
    ("503:after=1:n=2", [200, 503, 503, 200, 200]), ("503:p=0", [200, 200, 200, 200, 200]),
    ("503:p=1:n=1", [503, 200, 200, 200, 200]), ("503:n=0", [200, 200, 200, 200, 200]),
  ])
  func countsSayHowOften(spec: String, expected: [Int]) async throws {
    #expect(try await statuses([spec], gets(5)) == expected)
  }

  @Test func theFirstFaultThatStrikesIsTheOnlyOne() async throws {
    #expect(try await statuses(["502:n=1", "503:n=1", "504:n=1"], gets(4)) == [502, 503, 504, 200])
  }

  @Test func probabilitiesFallTheSameFromTheSameSeedOnly() async throws {
    let first = try await statuses(["500:p=0.3"], gets(400))
    #expect(try await statuses(["500:p=0.3"], gets(400)) == first)
    #expect(try await statuses(["500:p=0.3"], seed: 2, gets(400)) != first)
    #expect((80...160).contains(first.count { $0 == 500 }))
  }

  @Test(arguments: [
    ("boom", "there is no fault 'boom'; the faults are latency=MS, drip=BYTES/MS, 429[=SECONDS], 401,"),
    ("", "there is no fault ''"), ("500=1", "'500' takes no value"), ("latency", "'latency' needs a value: latency=MS"),
    ("latency=soon", "the value must be whole numbers as in latency=MS"),
    ("latency=-1", "the value must be whole numbers as in latency=MS"),
    ("latency=99999999999999999999", "the value must be whole numbers as in latency=MS"),
    ("429=", "the value must be whole numbers as in 429[=SECONDS]"),
    ("drip=0/5", "the value must be whole numbers as in drip=BYTES/MS"),
    ("drip=5", "the value must be whole numbers as in drip=BYTES/MS"),
    ("500:FETCH", "'FETCH' is neither methods"), ("500:get", "'get' is neither methods"),
    ("500:", "'' is neither methods"),
    ("500:/a/**/b", "in '/a/**/b', '**' must be the last segment"),
    ("500:/a/b*", "in '/a/b*', '*' must be a whole segment, not a part of 'b*'"),
    ("500:p=1.1", "'p' is a probability from 0 to 1, not '1.1'"), ("500:p=nan", "'p' is a probability"),
    ("500:n=-1", "'n' is a whole number from 0 on, not '-1'"), ("500:after=x", "'after' is a whole number"),
    ("500:q=1", "there is no 'q='"), ("500:n=1:n=1", "'500:n=1:n=1' says its n twice"),
    ("500:GET:PUT", "'500:GET:PUT' says its method twice"), ("500:/a:/b", "'500:/a:/b' says its path twice"),
  ])
  func whatIsWrittenWrongIsRefusedWithAReason(spec: String, reason: String) throws {
    let error = try #require(throws: FaultSpecError.self) { try FaultSpec(spec) }
    #expect(error.description.hasPrefix(reason), "\(error)")
  }

  @Test func theGrammarListsEveryName() throws {
    for name in [
      "latency=MS", "429[=SECONDS]", "reset-before", "reset-late=MS", "no-answer-after", "endless", "revoke",
    ] {
      #expect(FaultSpec.grammar.contains("\n  \(name) "))
    }
    #expect(FaultSpec.grammar.split(separator: "\n").allSatisfy { $0.count <= 80 || !$0.hasPrefix("  ") })
  }
}

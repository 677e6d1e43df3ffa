import CloudSimulator
import FoundationEssentials
import HTTPTypes
import Testing

@Suite("Quotas")
struct QuotaTests {
  private struct Size: Decodable {
    var managedBy: String
    var role: Int
    var totalSize: Int?
    var totalSizeAvailable: Int?
    var remainingTotalSize: Int?
    var remainingTotalSizePercent: Int?
  }

  private func size(of cloud: Int, in simulator: Simulator) async throws -> Size {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Size.self, from: Data(await simulator.exchange(.get, "/cloud/\(cloud)/size").text.utf8))
  }

  private let simulator = Simulator.fixed(data: .demo, edition: .current)

  @Test func aSizeIsAnObject() async {
    #expect(
      await simulator.exchange(.get, "/cloud/3/size").text == """
        {"managed_by":"ORGANIZATION","role":100,"total_size":549755813888,"total_size_available":1099511627776,\
        "remaining_total_size":549755813888,"remaining_total_size_percent":50}
        """)
    #expect(await Simulator.fixed(data: .demo).exchange(.get, "/cloud/3/size").text == "549755813888")
  }

  @Test func theDemonstrationHasEachStateOfAQuota() async throws {
    let used = try await (1...14).asyncMap { cloud in
      try await size(of: cloud, in: simulator).remainingTotalSizePercent.map { 100 - $0 }
    }
    #expect(used.compactMap { $0 }.count { $0 <= 66 } == 10)
    #expect(used.compactMap { $0 }.count { $0 > 66 && $0 <= 80 } == 1)
    #expect(used.compactMap { $0 }.count { $0 > 80 && $0 < 100 } == 1)
    #expect(try await size(of: 9, in: simulator).remainingTotalSize == 0)
    #expect(try await size(of: 14, in: simulator).managedBy == "BIMDATA_PLATFORM")

    let unlimited = try await size(of: 11, in: simulator)
    #expect(unlimited.totalSize == 94 << 30)
    #expect(unlimited.totalSizeAvailable == nil && unlimited.remainingTotalSize == nil)
    #expect(used[10] == nil)
  }

  @Test func someoneWhoIsNoAdministratorIsOnlyToldWhatIsLeft() async throws {
    let size = try await size(of: 13, in: simulator)
    #expect(size.role == 50)
    #expect(size.totalSize == nil && size.totalSizeAvailable == nil)
    #expect(size.remainingTotalSize == 7_086_696_039)
    #expect(size.remainingTotalSizePercent == 66)
  }

  @Test func nothingRemainsOfAQuotaThatIsExceeded() async throws {
    #expect(await simulator.exchange(.post, "/cloud/9/create-demo").status == 200)
    let size = try await size(of: 9, in: simulator)
    #expect(size.totalSize == 176 << 30 + Simulator.demoProjectSize)
    #expect(size.remainingTotalSize == 0)
    #expect(size.remainingTotalSizePercent == 0)
  }

  @Test func generatedCloudsHaveQuotasOfManyKindsAndTheSameRestAsWithout() async throws {
    let simulator = Simulator.fixed(data: .generated(clouds: 100, users: 1), edition: .current)
    let classic = Simulator.fixed(data: .generated(clouds: 100, users: 1))
    let sizes = try await (1...100).asyncMap { try await size(of: $0, in: simulator) }
    #expect(sizes.contains { $0.totalSizeAvailable == nil })
    #expect(sizes.contains { $0.remainingTotalSize.map { $0 < 10 } == true })
    #expect(sizes.contains { ($0.remainingTotalSizePercent ?? 0) > 34 })
    #expect(sizes.allSatisfy { $0.totalSizeAvailable.map { $0 > 0 } ?? true })
    #expect(await classic.exchange(.get, "/cloud/50/size").text == sizes[49].totalSize.map(String.init))
  }
}

extension Sequence {
  fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}

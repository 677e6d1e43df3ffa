import CloudAPI
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import HTTPTypes
import Testing

@MainActor
@Suite(.timeLimit(.minutes(5))) struct SortingTests {
  private func names(_ test: WorkspaceUnderTest) -> [String] {
    let clouds = test.workspace.clouds
    return (0..<clouds.rowCount).map { clouds.row(at: $0).values[0].plainText() }
  }

  /// Presses `s` until the rows are in the given order.
  private func sort(_ table: any TableModel, by order: RowOrder?) {
    for _ in 0..<20 where table.order != order { table.sortByNextColumn() }
  }

  @Test func cloudsComeLargestFirst() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    #expect(names(test).prefix(3) == ["Gare du Nord, extension", "東京駅 再開発", "Haussmann Tower"])
    #expect(names(test).last == "Archive 2018")
  }

  @Test func aSizeThatIsMissingComesLastInBothDirections() async throws {
    let test = try await WorkspaceUnderTest()
    await test.fail(.get, "/cloud/2/size", with: .badGateway)
    await test.start()
    #expect(names(test).last == "東京駅 再開発")
    sort(test.workspace.clouds, by: RowOrder(column: "size", ascending: true))
    #expect(names(test).first == "Archive 2018")
    #expect(names(test).last == "東京駅 再開発")
  }

  @Test func namesAreSortedWithoutRegardToCaseAndAccents() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    sort(test.workspace.clouds, by: RowOrder(column: "name"))
    let latin = names(test).filter { $0.first?.isASCII == true }
    #expect(latin.first == "Archive 2018")
    #expect(latin.firstIndex { $0.hasPrefix("Réhab") } ?? 0 < latin.firstIndex(of: "Sandbox") ?? 0)
    #expect(latin.last == "Zürich Hauptbahnhof")
  }

  @Test func rowsThatAreEqualAreOrderedByNameInBothDirections() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    let users = test.workspace.users
    users.sort(by: RowOrder(column: "name"))
    let byName = (0..<users.rowCount).map { users.row(at: $0).id }
    for ascending in [false, true] {
      users.sort(by: RowOrder(column: "role", ascending: ascending))
      let rows = (0..<users.rowCount).map { users.row(at: $0).id }
      for role in [Role.admin, .user, nil] {
        let equal = Set(users.records.filter { $0.cloudRole == role }.map(\.id.rawValue))
        #expect(equal.count > 1 || role == nil)
        #expect(rows.filter(equal.contains) == byName.filter(equal.contains))
      }
    }
  }

  @Test func sortingPutsTheCursorOnTheFirstRow() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 4)
    let clouds = test.workspace.clouds
    for column in clouds.sortColumns {
      clouds.select(row: 5)
      clouds.sort(by: column)
      #expect(clouds.selectedRow == 0 && clouds.selection?.rawValue == clouds.row(at: 0).id)
    }
  }

  @Test func cloudsAreSortedByWhatThePaneDoesNotShow() async throws {
    let test = try await WorkspaceUnderTest(edition: .current, said: .current)
    await test.start()
    let clouds = test.workspace.clouds
    clouds.sort(by: try #require(clouds.sortColumns.first { $0.id == "quota" }))
    let shares = (0..<clouds.rowCount).map { row in
      test.workspace.sizes[Cloud.ID(rawValue: clouds.row(at: row).id)].value?.usedShare ?? -1
    }
    #expect(Set(shares).count > 5)
    #expect(shares == shares.sorted(by: >))
  }

  @Test func everyColumnIsSortedByInBothDirectionsAndThenTheFirstAgain() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start()
    let users = test.workspace.users
    let first = users.order
    var orders: [RowOrder?] = []
    repeat {
      orders.append(users.order)
      users.sortByNextColumn()
    } while users.order != first && orders.count < 40
    #expect(orders.count == users.sortColumns.count * 2)
  }

  @Test func processorsAreDrawnAsAGraphUntilAnotherOrderIsChosen() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let processors = test.workspace.processors
    func nodes() -> [String] { (0..<processors.rowCount).map { processors.row(at: $0).values[0].plainText() } }
    #expect(nodes() == ["extract", "└ gltf", "  ├ preview", "  ├ svg", "  └ xkt"])
    processors.sortByNextColumn()
    #expect(nodes() == ["extract", "gltf", "preview", "svg", "xkt"])
    sort(processors, by: nil)
    #expect(nodes().first == "extract")
    #expect(nodes()[1] == "└ gltf")
  }

  @Test func rowsKeepTheirPlacesWhileSizesArriveAndAreSortedOnceAllAreThere() async throws {
    let test = try await WorkspaceUnderTest(faults: { $0.path == "/cloud/1/size" ? .delay(.seconds(1)) : nil })
    test.workspace.start()
    await test.until { test.workspace.sizes[2].value != nil && test.workspace.sizes[14].value != nil }
    #expect(names(test).first == "Gare du Nord, extension")
    #expect(names(test).last == "Sandbox")
    test.network.advance(by: .seconds(1))
    await test.idle()
    #expect(names(test).last == "Archive 2018")
  }
}

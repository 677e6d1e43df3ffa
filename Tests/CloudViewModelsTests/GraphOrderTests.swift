import CloudViewModels
import Testing

@Suite struct GraphOrderTests {
  private struct Step: Identifiable {
    let id: Int
    var parents: [Int] = []
  }

  private func drawn(_ steps: [Step]) -> [String] {
    GraphOrder.tree(steps, parents: \.parents).map { $0.prefix + String($0.id) }
  }

  @Test func childrenHangBelowTheirParent() {
    let steps = [Step(id: 1), Step(id: 2, parents: [1]), Step(id: 3, parents: [2]), Step(id: 4, parents: [1])]
    #expect(drawn(steps) == ["1", "├ 2", "│ └ 3", "└ 4"])
  }

  @Test func childrenComeBelowParentsThatAreListedLater() {
    #expect(drawn([Step(id: 3, parents: [2]), Step(id: 2, parents: [1]), Step(id: 1)]) == ["1", "└ 2", "  └ 3"])
  }

  @Test func aRecordOfSeveralParentsHangsOnceBelowTheDeepest() {
    let steps = [Step(id: 1), Step(id: 2, parents: [1]), Step(id: 3, parents: [1, 2])]
    #expect(drawn(steps) == ["1", "└ 2", "  └ 3"])
  }

  @Test func parentsThatAreNotListedMakeARoot() {
    #expect(drawn([Step(id: 1, parents: [99])]) == ["1"])
  }

  @Test func aCycleLosesNothingAndEnds() {
    let steps = [
      Step(id: 1, parents: [2]), Step(id: 2, parents: [1]), Step(id: 3, parents: [3]), Step(id: 4, parents: [2]),
      Step(id: 5),
    ]
    #expect(Set(GraphOrder.tree(steps, parents: \.parents).map(\.id)) == [1, 2, 3, 4, 5])
    #expect(GraphOrder.tree(steps, parents: \.parents).count == 5)
  }

  @Test func aLadderOfDiamondsIsOrderedInNoTime() {
    // Each step has both steps of the rung above as parents: about 2⁴⁰ paths from top to bottom.
    var steps = [Step(id: 0), Step(id: 1)]
    for rung in 1..<40 {
      steps += [0, 1].map { Step(id: rung * 2 + $0, parents: [rung * 2 - 2, rung * 2 - 1]) }
    }
    #expect(GraphOrder.tree(steps, parents: \.parents).count == 80)
  }

  @Test func descendantsAreFoundAtAnyDepthAndInCycles() {
    let steps = [
      Step(id: 1), Step(id: 2, parents: [1]), Step(id: 3, parents: [2]), Step(id: 4),
      Step(id: 5, parents: [6]), Step(id: 6, parents: [5]),
    ]
    #expect(GraphOrder.descendants(of: 1, in: steps, parents: \.parents) == [2, 3])
    #expect(GraphOrder.descendants(of: 5, in: steps, parents: \.parents) == [5, 6])
    #expect(GraphOrder.descendants(of: 4, in: steps, parents: \.parents) == [])
  }

  @Test(.timeLimit(.minutes(1))) func aChainOfTenThousandIsOrderedWithoutRecursion() {
    // Listed from the bottom to the top, so that no parent is known before its children.
    let steps = (0..<10_000).reversed().map { Step(id: $0, parents: $0 == 0 ? [] : [$0 - 1]) }
    var nodes: [GraphOrder.Node<Int>] = []
    let time = ContinuousClock().measure { nodes = GraphOrder.tree(steps, parents: \.parents) }
    #expect(nodes.map(\.id) == Array(0..<10_000))
    #expect(nodes[20].prefix == String(repeating: "  ", count: 19) + "└ ")
    #expect(nodes[21].prefix == "… " + nodes[20].prefix)
    #expect(nodes[9_999].prefix == nodes[21].prefix)
    #expect(GraphOrder.descendants(of: 0, in: steps, parents: \.parents).count == 9_999)
    #expect(time < .seconds(5), "\(time)")
  }

  @Test(.timeLimit(.minutes(1))) func aWideGraphOfTenThousandKeepsItsOrder() {
    let steps = [Step(id: 0)] + (1..<10_000).map { Step(id: $0, parents: [0, $0 - 1 - ($0 - 1) % 100]) }
    let nodes = GraphOrder.tree(steps, parents: \.parents)
    #expect(Set(nodes.map(\.id)) == Set(0..<10_000))
    #expect(nodes.count == 10_000)
    #expect(GraphOrder.descendants(of: 0, in: steps, parents: \.parents) == Set(1..<10_000))
    let flat = (0..<10_000).map { Step(id: $0, parents: $0 == 0 ? [] : [0]) }
    #expect(GraphOrder.tree(flat, parents: \.parents).map(\.id) == Array(0..<10_000))
  }

  @Test(.timeLimit(.minutes(1))) func aCycleOfTenThousandComesAtTheEndAndInOneOrder() {
    let cycle = (0..<10_000).map { Step(id: $0, parents: [($0 + 9_999) % 10_000]) }
    let steps = cycle + [Step(id: 10_001, parents: [10_000]), Step(id: 10_000)]
    let nodes = GraphOrder.tree(steps, parents: \.parents)
    #expect(nodes.map(\.id) == [10_000, 10_001] + Array(0..<10_000))
    #expect(nodes == GraphOrder.tree(steps, parents: \.parents))
    #expect(GraphOrder.descendants(of: 5, in: steps, parents: \.parents) == Set(0..<10_000))
  }

  @Test func whatHasAParentOutsideACycleHangsBelowThatParent() {
    let steps = [
      Step(id: 1, parents: [2]), Step(id: 2, parents: [1]), Step(id: 3, parents: [1, 4]), Step(id: 4),
      Step(id: 5, parents: [2]),
    ]
    #expect(drawn(steps) == ["4", "└ 3", "1", "└ 2", "  └ 5"])
  }

  @Test func whatIsListedTwiceStandsOnce() {
    #expect(drawn([Step(id: 1), Step(id: 2, parents: [1, 1]), Step(id: 1)]) == ["1", "└ 2"])
  }
}

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
    // Each step has both steps of the rung above: 2⁴⁰ ways from top to bottom.
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
}

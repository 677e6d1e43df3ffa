import BitCollections
import Testing

@testable import CloudViewModels

@Suite struct MarksTests {
  private func marks(_ places: Int..., in scope: Int = 3) -> Marks<Int> {
    var marks = Marks<Int>()
    marks.set(BitSet(places), in: scope)
    return marks
  }

  @Test func aMarkThatTheFilterHidesIsDroppedAndCountedUntilThePersonMarksAgain() {
    var marks = marks(1, 2, 4)
    marks.settle(in: 3, rows: [0, 1, 2], isFiltered: true)
    #expect(marks.places == BitSet([1, 2]) && marks.loss == "1 mark dropped: the filter hides it.")
    marks.settle(in: 3, rows: [0], isFiltered: true)
    #expect(marks.isEmpty && marks.loss == "3 marks dropped: the filter hides them.")
    marks.settle(in: 3, rows: [0], isFiltered: true)
    #expect(marks.loss == nil && marks.hiddenText == "3 marks dropped: the filter hides them.")
    marks.set(BitSet([0]), in: 3)
    #expect(marks.hiddenText == nil)
  }

  @Test func withoutAFilterNothingIsHidden() {
    var marks = marks(1, 2)
    marks.settle(in: 3, rows: [1], isFiltered: true)
    marks.settle(in: 3, rows: [0, 1, 2], isFiltered: false)
    #expect(marks.places == BitSet([1]) && marks.hiddenCount == 0 && marks.loss == nil)
  }

  @Test func marksGoWithTheirRecords() {
    var marks = marks(0, 2, 4)
    marks.tableRemoved(PlacesLeft(of: 5, without: [2, 3]))
    marks.settle(in: 3, rows: [0, 1, 2], isFiltered: false)
    #expect(marks.places == BitSet([0, 2]) && marks.loss == "1 mark dropped: its record is gone.")
    marks.move(to: BitSet())
    marks.settle(in: 3, rows: [], isFiltered: false)
    #expect(marks.loss == "2 marks dropped: their records are gone.")
    marks.settle(in: 3, rows: [], isFiltered: false)
    #expect(marks.loss == nil)
  }

  @Test func marksOfOneScopeMeanNothingInAnother() {
    var marks = marks(0, 1)
    marks.settle(in: 4, rows: [0, 1], isFiltered: false)
    #expect(marks.isEmpty && marks.loss == "2 marks dropped: the list shows another cloud now.")
  }

  @Test func aMarkThatIsDoneWithGoesWithoutAWord() {
    var marks = marks(0, 1)
    marks.remove(0)
    marks.settle(in: 3, rows: [0, 1], isFiltered: true)
    #expect(marks.places == BitSet([1]) && marks.loss == nil)
  }
}

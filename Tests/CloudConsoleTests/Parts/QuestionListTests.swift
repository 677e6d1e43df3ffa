import CloudChanges
import TerminalUI
import TestSupport
import Testing

@testable import CloudConsole
@testable import CloudViewModels

/// The lines of a question about many records, of which some change from frame to frame.
@MainActor
@Suite struct QuestionListTests {
  private static let states: [QuestionModel.State] = [
    .asked, .sending, .done, .gone, .already("is a user already."), .refused("Conflict with existing data."), .unsent,
    .unknown("It is unknown whether this was done. A long reason takes more than one line of the dialog's width."),
  ]

  private func list(
    _ items: [QuestionModel.Item], _ held: Set<Int>, columns: Int = 40, after before: QuestionList? = nil
  ) -> QuestionList {
    QuestionList(items, held: held, columns: columns, textWidth: .builtIn, after: before)
  }

  @Test(arguments: 1...5) func whatIsKeptIsAsIfItWereLaidOutAnew(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var items = (0..<30).map { index in
      QuestionModel.Item(
        id: "\(index)", title: "Record \(index)", consequences: [.known("person\(index)@atelier.example")],
        emptyText: nil)
    }
    var before: QuestionList?
    for step in 0..<40 {
      let index = Int.random(in: items.indices, using: &random)
      items[index].state = Self.states.randomElement(using: &random) ?? .asked
      items[index].difference = Bool.random(using: &random) ? "Role: User → Admin" : nil
      let held = Set([Int.random(in: items.indices, using: &random)])
      let columns = step % 10 == 9 ? 30 : 40
      let kept = list(items, held, columns: columns, after: before)
      #expect(kept == list(items, held, columns: columns))
      before = kept
    }
  }

  @Test func eachLineBelongsToARecord() {
    let items = (0..<5).map { index in
      var item = QuestionModel.Item(id: "\(index)", title: "Record \(index)", consequences: [], emptyText: nil)
      if index % 2 == 1 { item.state = .done }
      return item
    }
    var list = list(items, [])
    list.begin(with: [DialogLine("Title"), DialogLine("Preface")])
    #expect(list.count == 9)
    #expect((0..<list.count).map(list.record(at:)) == [0, 0, 0, 1, 1, 2, 3, 3, 4])
    #expect(
      list.lines(1..<5).map { $0.spans.map(\.text).joined() } == [
        "Preface", "  • Record 0", "  • Record 1", "      done.",
      ])
  }
}

/// What a dialog tells a person who hears it: whole texts, however its lines are wrapped, cut or scrolled.
struct DialogSpeech: Hashable {
  /// Where in the dialog the person is.
  struct Focus: Hashable {
    /// What tells it from other places.
    var id: String
    /// `Redirect https://platform.bimdata.io`: said when the person gets there, and when it changes.
    var text: String
    /// What to know there: said after it, and when it changes.
    var remark = ""
    /// Whether text is typed there, which is heard as it is typed: the cursor is there.
    var isTyped = false
  }

  /// Something said once, when it comes.
  struct Remark: Hashable {
    var text: String
    /// What makes it come anew, although it says the same: the second time that the same is wrong, say.
    var occasion: Int

    init(_ text: String, occasion: Int = 0) {
      self.text = text
      self.occasion = occasion
    }
  }

  var focus: Focus?
  var remarks: [Remark] = []

  /// All of it, for a dialog that was opened.
  var all: [String] { remarks.map(\.text) + (focus.map { [$0.text, $0.remark] } ?? []) }

  /// What wasn't said before.
  func new(since old: DialogSpeech) -> [String] {
    newRemarks(since: old) + focusText(since: old)
  }

  func newRemarks(since old: DialogSpeech) -> [String] {
    remarks.filter { !old.remarks.contains($0) }.map(\.text)
  }

  private func focusText(since old: DialogSpeech) -> [String] {
    guard let focus else { return [] }
    guard let before = old.focus, before.id == focus.id else { return [focus.text, focus.remark] }
    let text = focus.text != before.text && !focus.isTyped ? [focus.text] : []
    return text + (focus.remark != before.remark ? [focus.remark] : [])
  }
}

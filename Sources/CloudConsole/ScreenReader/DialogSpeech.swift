/// The texts of a dialog for a screen reader: complete, even if its lines are wrapped, cut or scrolled.
struct DialogSpeech: Hashable {
  /// The user's position in the dialog.
  struct Focus: Hashable {
    /// The identity of the position.
    var id: String
    /// Announced on arrival and when it changes: `Redirect https://platform.bimdata.io`.
    var text: String
    /// A remark, announced after `text` and when it changes.
    var remark = ""
    /// Whether the user types text here, which the screen reader announces itself, as it has the cursor.
    var isTyped = false
  }

  /// A text that is announced once.
  struct Remark: Hashable {
    var text: String
    /// Distinguishes occurrences of the same text, such as the same problem a second time.
    var occasion: Int

    init(_ text: String, occasion: Int = 0) {
      self.text = text
      self.occasion = occasion
    }
  }

  var focus: Focus?
  var remarks: [Remark] = []

  /// All texts, for a dialog that was just opened.
  var all: [String] { remarks.map(\.text) + (focus.map { [$0.text, $0.remark] } ?? []) }

  /// The texts that the old speech didn't have.
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

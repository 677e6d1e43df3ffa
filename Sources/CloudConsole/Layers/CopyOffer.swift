import CloudChanges
import CloudViewModels

/// A text that can be copied, with its title.
struct CopyOffer {
  enum Content {
    /// Shown whole, so that the user can select it if the terminal has no clipboard.
    case command(CommandLineText)
    /// Shown as a preview on one line. The text may be long, so it is made when it is copied.
    case value(preview: String, @MainActor () -> ClipboardText)
    /// Not copied, for this reason.
    case refused(String)
  }

  let title: String
  let content: Content
  /// Whether the user wants it more often than the others.
  var isLikeliest = false

  init(_ title: String, _ command: CommandLineText) {
    self.title = title
    content = .command(command)
  }

  init(_ title: String, preview: String, text: @escaping @MainActor () -> ClipboardText) {
    self.title = title
    content = .value(preview: preview, text)
  }

  init(_ title: String, refused reason: String) {
    self.title = title
    content = .refused(reason)
  }

  var isCommand: Bool {
    if case .command = content { true } else { false }
  }

  /// The text on the screen.
  var shown: String {
    switch content {
    case .command(let command): command.text
    case .value(let preview, _): preview
    case .refused(let reason): reason
    }
  }

  /// The text on the screen as lines: one line for each command.
  var lines: [String] {
    switch content {
    case .command(let command): command.lines
    case .value, .refused: [shown]
    }
  }
}

extension CopyOffer {
  /// The offers of a table: each field of the selected record, its row, and each column of the visible rows.
  @MainActor
  static func offers(of table: any TableModel) -> [CopyOffer] {
    guard let selected = table.selectedRow else { return [] }
    let details = table.details
    // Of people their address, of things their name.
    let likeliest = ["E-mail", "Name"].lazy.compactMap { label in details.firstIndex { $0.label == label } }.first
    let fields = details.enumerated().compactMap { index, field -> CopyOffer? in
      let text = ClipboardText(field.value.machineText)
      guard !text.text.isEmpty else { return nil }
      var offer = CopyOffer(field.label, preview: text.text) { text }
      offer.isLikeliest = index == likeliest
      return offer
    }
    let row = ClipboardText(row: table.row(at: selected).values.map(\.machineText))
    let refused = table.filterRefusal.map { [CopyOffer("Columns", refused: $0)] }
    let columns =
      refused
      ?? table.headers.enumerated().map { index, header in
        CopyOffer(
          "Column \(header.title)", preview: Count.text(table.rowCount, "line", "lines"),
          text: table.copy(ofColumn: index))
      }
    return fields + [CopyOffer("Row, with tabs", preview: row.text.replacing("\t", with: "  ")) { row }] + columns
  }

  /// The commands for the last change, for the marked records or the selected one, and for the list.
  @MainActor
  static func commands(
    lastDone: CommandLineText?, of table: any TableModel, about subject: CommandSubject
  ) -> [CopyOffer] {
    let done = lastDone.map { CopyOffer("Just done", $0) }
    let list = table.actions.listCommand.map { CopyOffer("This list", $0) }
    // Without a record, this would be the list again.
    let shown =
      table.selectedRow == nil
      ? nil
      : table.actions.command(about: subject).map {
        CopyOffer(subject == .marked ? "Marked" : "Under the cursor", $0)
      }
    return [done, shown, list].compactMap { $0 }
  }
}

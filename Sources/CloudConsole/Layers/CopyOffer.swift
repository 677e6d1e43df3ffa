import CloudChanges
import CloudViewModels

/// Something that can be copied, and what it is.
struct CopyOffer {
  enum Content {
    /// Shown whole, so that it can be selected where the terminal has no clipboard.
    case command(CommandLineText)
    /// Shown in a line. The text may be long: it is made when it is copied.
    case value(preview: String, @MainActor () -> ClipboardText)
  }

  let title: String
  let content: Content

  init(_ title: String, _ command: CommandLineText) {
    self.title = title
    content = .command(command)
  }

  init(_ title: String, preview: String, text: @escaping @MainActor () -> ClipboardText) {
    self.title = title
    content = .value(preview: preview, text)
  }

  var isCommand: Bool {
    if case .command = content { true } else { false }
  }

  /// What is to be seen of it.
  var shown: String {
    switch content {
    case .command(let command): command.text
    case .value(let preview, _): preview
    }
  }

  /// The same in lines: several commands have one each.
  var lines: [String] {
    switch content {
    case .command(let command): command.lines
    case .value(let preview, _): [preview]
    }
  }
}

extension CopyOffer {
  /// What can be copied of a table: each field of the record under the cursor, its row, and each column of the rows shown.
  @MainActor
  static func offers(of table: any TableModel) -> [CopyOffer] {
    guard let selected = table.selectedRow else { return [] }
    let fields = table.details.compactMap { field -> CopyOffer? in
      let text = ClipboardText(field.value.machineText)
      guard !text.text.isEmpty else { return nil }
      return CopyOffer(field.label, preview: text.text) { text }
    }
    let row = ClipboardText(row: table.row(at: selected).values.map(\.machineText))
    let columns = table.headers.enumerated().map { index, header in
      CopyOffer(
        "Column \(header.title)", preview: Count.text(table.rowCount, "line", "lines"),
        text: table.copy(ofColumn: index))
    }
    return fields + [CopyOffer("Row, with tabs", preview: row.text.replacing("\t", with: "  ")) { row }] + columns
  }

  /// The commands for what was done last and for what is marked or under the cursor.
  @MainActor
  static func commands(
    lastDone: CommandLineText?, of table: any TableModel, about subject: CommandSubject
  ) -> [CopyOffer] {
    let done = lastDone.map { CopyOffer("Just done", $0) }
    let shown = table.actions.command(about: subject).map {
      CopyOffer(subject == .marked ? "Marked" : "Under the cursor", $0)
    }
    return [done, shown].compactMap { $0 }
  }
}

import CloudAPI
import CloudAccess
import CloudChanges
import CloudViewModels
import TerminalUI

/// One person with every membership and invitation; Enter on one goes to that cloud in the panes.
@MainActor
final class PersonLayer: ScrollingLayer {
  private let people: PeopleModel
  private let id: Person.ID
  private let name: String
  /// The commands for the person that are available here.
  private let commands: [Command]
  private let go: @MainActor (PersonAccess) -> Void
  private var selected = 0

  /// - Parameter go: shows a cloud, and the user or the invitation in it, in the panes.
  init?(
    _ people: PeopleModel, commands: [Command], keymap: Keymap, go: @escaping @MainActor (PersonAccess) -> Void
  ) {
    guard let person = people.selectedPerson else { return nil }
    self.people = people
    id = person.id
    name = person.title
    self.commands = commands
    self.go = go
    super.init(keymap: keymap)
  }

  override var title: String { name }
  override var trailingTitle: String { people.coverageText(ofPerson: id) }
  override var command: Command? { nil }
  override var cursorLine: Int? { lines.lineOfAccess(selected) }
  override var keyHelp: [KeyHint] {
    [KeyHint(keymap.keyText(of: .open), "go to cloud")]
      + commands.compactMap { keymap.binding(of: $0)?.hint }
  }

  private var accesses: [PersonAccess] { people.person(id)?.accesses ?? [] }

  /// What the lines are: the fields of the person, then the clouds.
  private struct Lines {
    let fields: [DetailField]
    let accesses: [PersonAccess]

    /// The line of the nearest access; `nil` if there is none.
    func lineOfAccess(_ index: Int) -> Int? {
      accesses.isEmpty ? nil : fields.count + 1 + min(index, accesses.count - 1)
    }
  }

  private var lines: Lines {
    let person = people.person(id)
    let names = person?.names ?? []
    let fields = [
      DetailField("Name", names.isEmpty ? .none : .references(names)),
      DetailField("E-mail", person?.email.map(FieldValue.email) ?? .none),
      DetailField("Company", .optional(person?.company)),
    ]
    return Lines(fields: fields, accesses: person?.accesses ?? [])
  }

  override func moveCursor(to line: Int) {
    let lines = lines
    selected = max(0, min(line - lines.fields.count - 1, lines.accesses.count - 1))
  }

  override func page(columns: Int, textWidth: TextWidth, search: String) -> Page {
    let lines = lines
    var page = Page(
      lines: lines.fields.map { field in
        DialogLine([Span(padded(field.label, 9, textWidth), .muted), Span(field.value.plainText())])
      })
    page.lines.append(DialogLine())
    guard !lines.accesses.isEmpty else {
      page.lines.append(DialogLine("In no cloud any more.", .muted))
      return page
    }
    let remarkColumns = lines.accesses.map { textWidth.columns(of: $0.remark ?? "") }.max() ?? 0
    let longest = lines.accesses.map { textWidth.columns(of: $0.cloud.name) }.max() ?? 0
    // Beside the mark, role and date.
    let nameColumns = max(12, min(columns - 27 - remarkColumns, longest))
    let here = min(selected, lines.accesses.count - 1)
    for (index, access) in lines.accesses.enumerated() {
      let isHere = index == here
      let name = padded(textWidth.truncated(access.cloud.name, to: nameColumns), nameColumns, textWidth)
      var spans = [
        Span(isHere ? "▸ " : "  ", .accent), Span(name + "  ", isHere ? .strong : .normal),
        Span(padded(access.roleText, 8, textWidth)), Span(padded(access.sinceText, 15, textWidth), .muted),
      ]
      if let remark = access.remark { spans.append(Span(remark, access.isOnlyAdmin == true ? .warning : .muted)) }
      page.lines.append(DialogLine(spans))
    }
    page.cursor = lines.lineOfAccess(here)
    page.cursorID = String(here)
    return page
  }

  private func padded(_ text: String, _ columns: Int, _ textWidth: TextWidth) -> String {
    text + String(repeating: " ", count: max(0, columns - textWidth.columns(of: text)))
  }

  override func takes(_ command: Command) -> Bool {
    super.takes(command) || command == .open || commands.contains(command)
  }

  override func take(_ key: Key) -> LayerAnswer {
    guard let command = keymap.command(for: key) else { return .stay }
    let accesses = accesses
    if command == .open, !accesses.isEmpty {
      go(accesses[min(selected, accesses.count - 1)])
      return .close
    }
    guard commands.contains(command) else { return .stay }
    return people.select(id) ? .runOnSelected(command) : .close
  }
}

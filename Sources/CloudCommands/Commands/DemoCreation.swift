import CloudAPI
import CloudChanges
import CloudViewModels

/// Creates a demo project and prints its name; there is no list of projects, so there are no columns to select.
struct DemoCreation {
  let call: Call
  let write: WriteOptions

  func run(in session: CommandSession) async throws(CommandFailure) {
    if write.dryRun { return try await DryRun(session).print(call) }
    try session.requireWriting(call)
    let change = Change(call, names: Change.Names(record: call.title))
    let effect = try await ChangeSending(session: session, options: write).send(change)
    guard let text = effect.json else { return }
    let project = try await session.calling { () throws(CloudAPIError) -> Project in
      try text.decode(name: "the project", request: change.description)
    }
    switch session.format {
    case .json: session.output.write(HarmlessJSON.escaped(text.bytes) + [UInt8(ascii: "\n")])
    case .table: session.output.line(PlainText.harmless("Created the project \(project.name) (\(project.id))."))
    case .csv, .tsv:
      session.print(
        [[.text(project.id.rawValue), .text(project.name)]],
        under: [
          ColumnHeader(id: "id", title: "ID", kind: .text, leaves: 0),
          ColumnHeader(id: "name", title: "NAME", kind: .name, leaves: 0),
        ])
    }
  }
}

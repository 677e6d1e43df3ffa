import CloudAPI
import CloudChanges
import CloudViewModels
import TerminalUI

/// Writes what the focused pane shows to a file, as the palette asks for it.
///
/// The place is looked at first. The palette stays until it is known that the file can be made, so that what was typed is
/// not lost; what makes a question comes before that.
@MainActor
final class Exporting {
  private let panes: Panes
  private let layers: LayerStack
  private let paths: ExportPaths
  /// Opens the palette with a text and the reason why it did nothing.
  var reopen: (@MainActor (_ text: String, _ problem: String) -> Void)?
  /// The files being written.
  private var files: [FileReplacement] = []

  init(panes: Panes, layers: LayerStack, paths: ExportPaths) {
    self.panes = panes
    self.layers = layers
    self.paths = paths
  }

  private var table: any TableModel { panes.table }

  /// What would be written, in words.
  func preview(_ typed: String) -> String {
    if !typed.isEmpty, let reason = ExportPlace.refusal(of: typed) { return reason }
    let count = table.markedCount > 0 ? table.markedCount : table.rowCount
    let noun = count == 1 ? table.names.singular : table.names.plural
    let what =
      table.markedCount > 0
      ? "the \(Count.grouped(count)) marked \(noun), and no others"
      : "\(Count.grouped(count)) \(noun)" + (table.filter.isEmpty ? "" : ", those of the filter")
    return "Writes \(what). The ending of the file's name says how: .csv, .tsv or .json."
  }

  /// Writes the rows to a file, after a question where one is due.
  ///
  /// - Parameter typed: the path as the user types it.
  func start(_ typed: String, from palette: PaletteLayer) -> CommandArguments.Outcome {
    if let reason = ExportPlace.refusal(of: typed) { return .refused(reason) }
    let export = table.export()
    let task = work(palette) { [self] () async throws(ExportProblem) in
      let place = try await ExportPlace.look(at: typed, from: paths)
      guard !Task.isCancelled else { return }
      let reasons = place.questions + export.gaps
      guard !reasons.isEmpty else { return try await create(place, export, typed, palette) }
      palette.stop(because: nil)
      layers.open(
        ExportQuestionLayer("Write \(export.title)?", because: reasons) { [self] in
          let task = work(palette) { [self] () async throws(ExportProblem) in
            try await create(place, export, typed, palette)
          }
          palette.begin { task.cancel() }
        })
    }
    return .working { task.cancel() }
  }

  /// Does what the palette waits for, and tells it if it fails.
  private func work(
    _ palette: PaletteLayer, _ body: @escaping @MainActor () async throws(ExportProblem) -> Void
  ) -> Task<Void, Never> {
    let activity = panes.context.activity
    return activity.run {
      do throws(ExportProblem) {
        try await body()
      } catch {
        if !Task.isCancelled { palette.stop(because: error.message) }
      }
      activity.changed()
    }
  }

  private func create(
    _ place: ExportPlace, _ export: TableExport, _ typed: String, _ palette: PaletteLayer
  ) async throws(ExportProblem) {
    let file = try await place.create()
    guard !Task.isCancelled else { return }
    palette.finish()
    write(export, to: file, at: place, typed)
  }

  private func write(_ export: TableExport, to file: FileReplacement, at place: ExportPlace, _ typed: String) {
    files.append(file)
    if export.isLong { panes.context.notices.say(.information, "Writing \(export.title) to \(place.target)…") }
    // It goes on if the user leaves the service: the rows are here.
    let writing = Task { [self] in
      var problem: ExportProblem?
      do throws(ExportProblem) { try await place.write(export, to: file) } catch { problem = error }
      files.removeAll { $0 === file }
      report(export, at: place, typed, problem)
    }
    panes.context.activity.run { await writing.value }
  }

  /// Says in the service that is open now that a file was written, or why it wasn't.
  private func report(_ export: TableExport, at place: ExportPlace, _ typed: String, _ problem: ExportProblem?) {
    guard let problem else {
      panes.context.notices.say(.done, "Wrote \(export.title) to \(place.target).")
      return
    }
    // A layer that is done closes with the next frame.
    let isFree = layers.entries.allSatisfy(\.layer.isFinished) && panes.filterEditor == nil
    guard isFree, let reopen else {
      panes.context.notices.say(.failure, "Not written: \(problem.message)")
      return
    }
    reopen("\(Command.export.rawValue) \(typed)", problem.message)
  }

  /// Removes the files that are not whole, because the program ends.
  func stop() {
    for file in files { file.abandon() }
  }
}

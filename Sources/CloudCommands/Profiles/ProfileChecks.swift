import CloudAPI
import CloudProfiles
import CloudViewModels

/// Tries profiles: what each key may see is counted.
struct ProfileChecks {
  /// Empty for all; `-` stands for those on standard input.
  let names: [String]

  func run(in session: SettingsSession) async throws(CommandFailure) {
    let printer = try RowPrinter(
      [
        .init(id: "name", kind: .name), .init(id: "status"), .init(id: "clouds"), .init(id: "milliseconds"),
        .init(id: "message"),
      ], session)
    let configuration = try session.configuration()
    let names =
      names.isEmpty
      ? configuration.profiles.map(\.name) : try await ListedWords(names, from: session.environment.input).texts
    guard !names.isEmpty else {
      throw .configuration("There is no profile to check: skydeck profiles add NAME --api-url URL makes one.")
    }
    for name in names {
      _ = try session.configuring { () throws(SettingsError) in try configuration.profile(named: name) }
    }
    let results = await results(names, configuration, session)
    if Task.isCancelled { throw .api(CloudAPIError(.cancelled, request: "profiles check")) }
    if session.format == .table, session.options.columns == nil {
      let width = names.map(\.count).max() ?? 0
      for result in results { session.output.line(result.line(width: width)) }
    } else {
      printer.print(results.map(\.row))
    }
    let worst = results.reduce(ExitStatus.done) { $0.orWorse($1.status) }
    if worst != .done { throw .reported(worst) }
  }

  /// All at once: one that doesn't answer holds up no other.
  private func results(
    _ names: [String], _ configuration: Configuration, _ session: SettingsSession
  ) async -> [ProfileCheck] {
    await withTaskGroup(of: (Int, ProfileCheck).self) { group in
      for (index, name) in names.enumerated() {
        group.addTask { (index, await ProfileCheck(name, configuration, session)) }
      }
      return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}

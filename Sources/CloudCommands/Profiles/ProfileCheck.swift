import CloudAPI
import CloudProfiles
import CloudViewModels
import FoundationEssentials

/// Checks profiles by counting the clouds that each key can see.
struct ProfileChecks {
  /// The names; empty for all profiles, and `-` for the names on standard input.
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

  /// Checks all profiles concurrently, so that one without a response doesn't delay the others.
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

/// The result of signing in with a profile.
struct ProfileCheck: Sendable {
  let name: String
  private let outcome: Result<Answer, CommandFailure>
  private let now: Date

  private struct Answer {
    let clouds: Int
    let milliseconds: Int
  }

  /// Reads the profile's key and its list of clouds, without retries.
  init(_ name: String, _ configuration: Configuration, _ session: SettingsSession) async {
    self.name = name
    do throws(CommandFailure) {
      outcome = .success(try await Self.answer(name, configuration, session))
    } catch {
      outcome = .failure(error)
    }
    now = session.now
  }

  var status: ExitStatus {
    switch outcome {
    case .success: .done
    case .failure(let failure): failure.status
    }
  }

  func line(width: Int) -> String {
    name + String(repeating: " ", count: width - name.count + 2) + PlainText.harmless(text)
  }

  var row: [RowPrinter.Value] {
    switch outcome {
    case .success(let answer):
      [.text(name), .text("ok"), .number(answer.clouds), .number(answer.milliseconds), .none]
    case .failure: [.text(name), .text("failed"), .none, .none, .text(text)]
    }
  }

  private var text: String {
    switch outcome {
    case .success(let answer):
      "ok, \(answer.clouds) \(answer.clouds == 1 ? "cloud" : "clouds") in \(answer.milliseconds) ms"
    case .failure(.api(let error)):
      ([error.message, error.advice(at: now)].compactMap { $0 }).joined(separator: " ")
    case .failure(.configuration(let message)): message
    case .failure(let failure): ErrorReport(failure, now: now)?.message ?? ""
    }
  }

  private static func answer(
    _ name: String, _ configuration: Configuration, _ session: SettingsSession
  ) async throws(CommandFailure) -> Answer {
    let client: CloudReader
    do throws(SettingsError) {
      let arguments = ConnectionArguments(profile: name, isReadOnly: true)
      let connection = try Connection(
        arguments, environment: session.environment.variables, configuration: configuration)
      var settings = try await connection.clientConfiguration()
      settings.retry = .none
      client = session.reader(settings, session.environment.transport(try connection.transportConfiguration()))
    } catch {
      throw .configuration(error.line)
    }
    let elapsed = session.environment.clock.stopwatch()
    do throws(CloudAPIError) {
      let clouds = try await client.read(.getClouds)
      return Answer(clouds: clouds.count, milliseconds: Int(elapsed() / .milliseconds(1)))
    } catch {
      throw .api(error)
    }
  }
}

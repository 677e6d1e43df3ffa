import CloudAPI
import CloudProfiles
import CloudViewModels
import FoundationEssentials

/// What came of signing in with a profile.
struct ProfileCheck: Sendable {
  let name: String
  private let outcome: Result<Answer, CommandFailure>

  private struct Answer {
    let clouds: Int
    let milliseconds: Int
  }

  /// Reads the profile's key and the clouds that it may see, once.
  init(_ name: String, _ configuration: Configuration, _ session: SettingsSession) async {
    self.name = name
    do throws(CommandFailure) {
      outcome = .success(try await Self.answer(name, configuration, session))
    } catch {
      outcome = .failure(error)
    }
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
      ([error.message, error.advice(at: Date())].compactMap { $0 }).joined(separator: " ")
    case .failure(.configuration(let message)): message
    case .failure(let failure): ErrorReport(failure)?.message ?? ""
    }
  }

  private static func answer(
    _ name: String, _ configuration: Configuration, _ session: SettingsSession
  ) async throws(CommandFailure) -> Answer {
    let client: CloudReader
    let secrets = KnownSecrets()
    do throws(SettingsError) {
      let arguments = ConnectionArguments(profile: name, isReadOnly: true)
      let connection = try Connection(arguments, environment: session.environment, configuration: configuration)
      var settings = try await connection.clientConfiguration()
      settings.retry = .none
      client = CloudReader(
        CloudAPIClient(
          configuration: settings,
          transport: session.lines.traced(
            HTTPTransport(configuration: try connection.transportConfiguration()), secrets: secrets),
          observer: session.lines.observer, secrets: secrets))
    } catch {
      throw .configuration(error.line)
    }
    let start = ContinuousClock.now
    do throws(CloudAPIError) {
      let clouds = try await client.read(.getClouds)
      return Answer(clouds: clouds.count, milliseconds: Int(start.duration(to: .now) / .milliseconds(1)))
    } catch {
      throw .api(error)
    }
  }
}

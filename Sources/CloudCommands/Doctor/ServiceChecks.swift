import CloudAPI
import CloudProfiles
import FoundationEssentials
import HTTPTypes
import Synchronization

/// A client that only reads, without retries and for ten seconds at most, and notes the time of the service.
struct DoctorClient: Sendable {
  let client: CloudReader
  let configuration: CloudAPIClient.Configuration
  let dates: ServiceDates
  let now: @Sendable () -> Date

  init(
    _ configuration: CloudAPIClient.Configuration, _ connection: Connection, _ session: SettingsSession
  ) throws(SettingsError) {
    var configuration = configuration
    configuration.retry = .none
    configuration.isReadOnly = true
    configuration.requestTimeLimit = min(configuration.requestTimeLimit, StepLimit.standard)
    configuration.listTimeLimit = configuration.requestTimeLimit
    now = session.environment.now
    dates = ServiceDates(session.environment.transport(try connection.transportConfiguration()), now: now)
    // The detected edition is not stored, because the doctor writes no files.
    client = session.reader(configuration, dates)
    self.configuration = configuration
  }
}

/// Forwards requests, and compares the `Date` of the responses with this machine's clock.
final class ServiceDates: Transport {
  private let transport: any Transport
  private let now: @Sendable () -> Date
  private let latest = Mutex<Duration?>(nil)

  init(_ transport: any Transport, now: @escaping @Sendable () -> Date) {
    self.transport = transport
    self.now = now
  }

  /// How far the service's clock is ahead, to about a second; `nil` if no response had a date.
  var skew: Duration? { latest.withLock { $0 } }

  func forgetConnections() { transport.forgetConnections() }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let sent = now()
    let response = try await transport.send(request)
    if let date = response.head.headerFields[.date].flatMap({ HTTPDate.parse($0) }) {
      // The response was made at some time between sending and receiving.
      let middle = sent.addingTimeInterval(now().timeIntervalSince(sent) / 2)
      latest.withLock { $0 = .seconds(date.timeIntervalSince(middle)) }
    }
    return response
  }
}

/// Whether the service accepts the key.
struct SignInCheck {
  let finding: Finding
  let clouds: [Cloud]

  init(_ client: DoctorClient) async {
    let way =
      switch client.configuration.credential {
      case .fixed: "The key is accepted"
      case .clientCredentials(let credentials): "\(credentials.tokenURL) gives a token, and it is accepted"
      }
    do throws(CloudAPIError) {
      clouds = try await client.client.read(.getClouds)
      let count = clouds.count
      finding = .ok("sign-in", "\(way): it may see \(count) \(count == 1 ? "cloud" : "clouds").")
    } catch {
      clouds = []
      finding = DoctorText.finding("sign-in", error, at: client.now())
    }
  }
}

/// Whether this machine and the service agree on the time, which tokens and certificates depend on.
struct ClockCheck {
  let finding: Finding

  private static let tolerance: Duration = .seconds(60)

  /// - Parameter skew: how far the service's clock is ahead; `nil` if it is unknown.
  init(_ skew: Duration?) {
    guard let skew else {
      finding = .skipped("clock", "The service doesn't tell its time.")
      return
    }
    let seconds = skew.components.seconds.magnitude
    guard seconds > Self.tolerance.components.seconds else {
      finding = .ok("clock", "Within \(seconds + 1) s of the service's.")
      return
    }
    finding = .warning(
      "clock", "This machine's clock is \(seconds) s \(skew > .zero ? "behind" : "ahead of") the service's.",
      advice: "Set it, since tokens and certificates depend on it: timedatectl set-ntp true")
  }
}

/// Which scopes the key seems to have, as far as reads can tell.
struct RightsCheck {
  let finding: Finding

  private enum Right {
    case given, lacking
    case unknown(CloudAPIError)
  }

  init(_ client: DoctorClient, clouds: [Cloud]) async {
    guard let cloud = clouds.first?.id else {
      finding = .skipped("rights", "There is no cloud to try them on.")
      return
    }
    let client = client.client
    let rights = [
      (
        Operation.getCloudUsers.scope ?? "",
        await Self.right { () async throws(CloudAPIError) in _ = try await client.read(.getCloudUsers(cloud)) }
      ),
      (
        Operation.getCloudInvitations.scope ?? "",
        await Self.right { () async throws(CloudAPIError) in _ = try await client.read(.getCloudInvitations(cloud)) }
      ),
    ]
    let texts = rights.map { name, right in
      switch right {
      case .given: "\(name) yes"
      case .lacking: "\(name) no"
      case .unknown(let error): "\(name) not known (\(error.message))"
      }
    }
    let text = "In cloud \(cloud): \(texts.joined(separator: ", ")); cloud:manage can't be checked by reading."
    let isWhole = rights.allSatisfy { if case .given = $0.1 { true } else { false } }
    finding =
      isWhole
      ? .ok("rights", text)
      : .warning(
        "rights", text,
        advice: "Users need cloud:read, invitations org:manage: if you need these, use a key that has them.")
  }

  private static func right(_ read: () async throws(CloudAPIError) -> Void) async -> Right {
    do throws(CloudAPIError) {
      try await read()
      return .given
    } catch {
      if case .forbidden = error.code { return .lacking }
      return .unknown(error)
    }
  }
}

/// Which edition of the API the service speaks.
struct EditionCheck {
  let finding: Finding

  init(_ client: DoctorClient) async {
    if let edition = client.configuration.edition.edition {
      finding = .ok("edition found", "\(edition.rawValue), as the settings say.")
      return
    }
    do throws(CloudAPIError) {
      finding =
        if let edition = try await client.client.resolvedEdition() {
          .ok("edition found", "\(edition.rawValue), as its responses show.")
        } else {
          .warning(
            "edition found", "Unknown; classic is assumed.",
            advice: "Set edition to classic or current if you know it.")
        }
    } catch {
      finding = DoctorText.finding("edition found", error, at: client.now())
    }
  }
}

/// How long a request takes on an open connection.
struct RoundTripCheck {
  let finding: Finding

  private static let attempts = 5

  init(_ client: DoctorClient, clouds: [Cloud]) async {
    var times: [Double] = []
    let end = ContinuousClock.now + StepLimit.standard
    do throws(CloudAPIError) {
      while times.count < Self.attempts, ContinuousClock.now < end {
        let start = ContinuousClock.now
        if let cloud = clouds.first?.id {
          _ = try await client.client.read(.getCloud(cloud))
        } else {
          _ = try await client.client.read(.getClouds)
        }
        times.append(start.duration(to: .now) / .microseconds(1))
      }
      let median = times.sorted()[times.count / 2]
      let what = clouds.isEmpty ? "the clouds" : "one cloud"
      finding = .ok(
        "round trip", "\(DoctorText.milliseconds(median)), the median of \(times.count) readings of \(what).")
    } catch {
      finding = DoctorText.finding("round trip", error, at: client.now())
    }
  }
}

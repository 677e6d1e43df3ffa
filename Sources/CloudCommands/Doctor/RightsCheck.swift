import CloudAPI

/// Which scopes the key seems to have, as far as reading tells.
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
      ("cloud:read", await Self.right { () async throws(CloudAPIError) in _ = try await client.getCloudUsers(cloud) }),
      (
        "org:manage",
        await Self.right { () async throws(CloudAPIError) in _ = try await client.getCloudInvitations(cloud) }
      ),
    ]
    let texts = rights.map { name, right in
      switch right {
      case .given: "\(name) yes"
      case .lacking: "\(name) no"
      case .unknown(let error): "\(name) not known (\(error.message))"
      }
    }
    let text = "In cloud \(cloud): \(texts.joined(separator: ", ")); cloud:manage can't be told by reading."
    let isWhole = rights.allSatisfy { if case .given = $0.1 { true } else { false } }
    finding =
      isWhole
      ? .ok("rights", text)
      : .warning(
        "rights", text,
        advice: "Users need cloud:read, invitations org:manage: where these are wanted, use a key that has them.")
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

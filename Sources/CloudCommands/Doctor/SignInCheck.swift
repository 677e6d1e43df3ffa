import CloudAPI

/// Whether the service takes the key.
struct SignInCheck {
  let finding: Finding
  let clouds: [Cloud]

  init(_ client: DoctorClient) async {
    let way =
      switch client.client.configuration.credential {
      case .fixed: "The key is taken"
      case .clientCredentials(let credentials): "\(credentials.tokenURL) gives a token, and it is taken"
      }
    do throws(CloudAPIError) {
      clouds = try await client.client.getClouds()
      let count = clouds.count
      finding = .ok("sign-in", "\(way): it may see \(count) \(count == 1 ? "cloud" : "clouds").")
    } catch {
      clouds = []
      finding = DoctorText.finding("sign-in", error)
    }
  }
}

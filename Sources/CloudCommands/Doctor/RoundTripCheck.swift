import CloudAPI

/// How long an answer takes, on a connection that is there.
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
          _ = try await client.client.getCloud(cloud)
        } else {
          _ = try await client.client.getClouds()
        }
        times.append(start.duration(to: .now) / .microseconds(1))
      }
      let median = times.sorted()[times.count / 2]
      let what = clouds.isEmpty ? "the clouds" : "one cloud"
      finding = .ok(
        "round trip", "\(DoctorText.milliseconds(median)), the median of \(times.count) readings of \(what).")
    } catch {
      finding = DoctorText.finding("round trip", error)
    }
  }
}

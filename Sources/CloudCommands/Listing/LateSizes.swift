import CloudAPI
import CloudViewModels
import Synchronization

/// Reads the sizes of many clouds, so many at once.
struct LateSizes: Sendable {
  /// What became of one.
  struct Reading: Sendable {
    /// As the API wrote it; `nil` where it couldn't be read.
    let text: JSONText?
    let state: LoadState<Int64>
  }

  let client: CloudAPIClient
  /// How many requests are on their way at once.
  let limit: Int

  /// - Parameter ids: each once; the first are asked for first.
  func read(_ ids: [Cloud.ID]) async -> [Cloud.ID: Reading] {
    await withTaskGroup(of: (Cloud.ID, Reading).self) { group in
      var readings: [Cloud.ID: Reading] = [:]
      var left = ids[...]
      for id in left.prefix(limit) { group.addTask { (id, await read(id)) } }
      left = left.dropFirst(limit)
      while let (id, reading) = await group.next() {
        readings[id] = reading
        if let next = left.popFirst() { group.addTask { (next, await read(next)) } }
      }
      return readings
    }
  }

  private func read(_ id: Cloud.ID) async -> Reading {
    do throws(CloudAPIError) {
      guard let text = try await client.json(of: .getCloudSize(id)) else {
        return Reading(text: nil, state: .waiting)
      }
      let size: CloudSize = try text.decode(name: "size", request: "GET /cloud/\(id)/size")
      return Reading(text: text, state: .loaded(try size.knownBytes(of: id)))
    } catch {
      return Reading(text: nil, state: .failed(error))
    }
  }
}

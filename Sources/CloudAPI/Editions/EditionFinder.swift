import FoundationEssentials
import Synchronization

/// What a client knows about the edition of its service.
final class EditionFinder: Sendable {
  private let baseURL: BaseURL
  private let memory: EditionMemory
  private let state: Mutex<Edition?>
  /// Finding out, once for all who have to know.
  let search = SharedWork<Edition?>()

  init(baseURL: BaseURL, memory: EditionMemory) {
    self.baseURL = baseURL
    self.memory = memory
    state = Mutex(memory.recall(baseURL))
  }

  /// `nil` as long as nothing told.
  var known: Edition? { state.withLock { $0 } }

  func find(_ edition: Edition) {
    let isNew = state.withLock { known in
      defer { known = edition }
      return known != edition
    }
    if isNew { memory.remember(edition, baseURL) }
  }

  /// Learns what an answer of success to a read tells by the way.
  func learn(from answer: Answer, to operation: Operation) {
    switch operation {
    // Also where an edition is known: a service that was brought up to date is noticed.
    case .getCloudSize: Edition(ofSize: answer.body).map(find)
    case .getClouds where known == nil:
      let clouds = try? answer.decode([CloudMarks].self, name: "")
      if clouds?.contains(where: \.isCurrent) == true { find(.current) }
    default: break
    }
  }

  /// The same of a list that was handed over record by record.
  func learn(from records: [JSONText], of operation: Operation) {
    guard operation == .getClouds, known == nil else { return }
    let isCurrent = records.contains { record in
      (try? record.read(CloudMarks.self, name: ""))?.isCurrent == true
    }
    if isCurrent { find(.current) }
  }
}

extension Edition {
  /// Which edition writes a size so: the classic one a number, the current one an object.
  fileprivate init?(ofSize body: Data) {
    guard let first = body.first(where: { !" \t\r\n".utf8.contains($0) }) else { return nil }
    switch first {
    case UInt8(ascii: "{"): self = .current
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "\""): self = .classic
    default: return nil
    }
  }
}

/// What tells a cloud of the current edition from one of the classic: fields that the latter never had.
struct CloudMarks: Decodable {
  let id: Cloud.ID
  let isCurrent: Bool

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case id
    case organization
    case marketplaceApps = "marketplace_apps"
    case creatorApp = "creator_app"
    case image
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(Cloud.ID.self, forKey: .id)
    isCurrent = CodingKeys.allCases.contains { $0 != .id && container.contains($0) }
  }
}

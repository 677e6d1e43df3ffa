import FoundationEssentials
import Synchronization

/// What a client knows about the edition of its service, and how reliable that is: a service may have been upgraded
/// since the edition was remembered or told by a response.
final class EditionFinder: Sendable {
  private struct Knowledge {
    var edition: Edition?
    /// When a response told it last; `nil` if it is only remembered, or a response contradicted it.
    var toldAt: Date?
    /// Whether a size told it, which is decisive.
    var isBySize = false
  }

  /// How long a response counts as proof, in seconds.
  private static let proofLifetime: Double = 300
  /// In bytes.
  private static let longestList = 1 << 20

  private let baseURL: BaseURL
  private let memory: EditionMemory
  private let now: @Sendable () -> Date
  private let state: Mutex<Knowledge>
  /// Detects the edition once for all concurrent callers.
  let search = SingleFlight<Edition?>()

  init(baseURL: BaseURL, memory: EditionMemory, now: @escaping @Sendable () -> Date) {
    self.baseURL = baseURL
    self.memory = memory
    self.now = now
    state = Mutex(Knowledge(edition: memory.recall(baseURL)))
  }

  /// `nil` as long as nothing told it.
  var known: Edition? { state.withLock { $0.edition } }

  /// The edition that a recent response told, which is reliable enough for a write; `nil` if it must be detected again.
  var proven: Edition? {
    let now = now()
    return state.withLock { state in
      guard let toldAt = state.toldAt, abs(now.timeIntervalSince(toldAt)) < Self.proofLifetime else { return nil }
      return state.edition
    }
  }

  /// Learns from a successful response, also when an edition is known: the service may have changed.
  func learn(from answer: Answer, to operation: Operation) {
    switch operation {
    case .getCloudSize: Edition(ofSize: answer.body).map { find($0, isBySize: true) }
    case .getClouds: learn((try? answer.decode([CloudMarks].self, name: "")) ?? [], isWhole: true)
    case .getCloud: learn((try? answer.decode(CloudMarks.self, name: "")).map { [$0] } ?? [], isWhole: true)
    case .createCloud, .updateCloud, .fullUpdateCloud:
      learn((try? answer.decode(CloudMarks.self, name: "")).map { [$0] } ?? [], isWhole: false)
    case .getCloudUser, .updateCloudUser, .fullUpdateCloudUser:
      learn((try? answer.decode(UserMarks.self, name: ""))?.edition)
    // A long list isn't decoded a second time; other responses tell the edition, too.
    case .getCloudUsers where answer.bodySize <= Self.longestList:
      learn((try? answer.decode([UserMarks].self, name: ""))?.first?.edition)
    default: break
    }
  }

  /// Learns from a part of a list that is delivered record by record. In most lists the first record is enough.
  func learn(from records: [JSONText], of operation: Operation) {
    switch operation {
    case .getClouds:
      let marks = records.lazy.compactMap { try? $0.read(CloudMarks.self, name: "") }
      guard let first = marks.first else { return }
      learn(known == (first.isCurrent ? .current : .classic) ? [first] : Array(marks), isWhole: true)
    case .getCloudUsers: learn((try? records.first?.read(UserMarks.self, name: ""))?.edition)
    default: break
    }
  }

  /// - Parameter edition: the edition that a user told.
  func learn(_ edition: Edition?) {
    switch edition {
    case .current: find(.current)
    case .classic:
      state.withLock { state in
        // The service may have kept this field of the classic edition.
        if state.edition == .current, !state.isBySize { state.toldAt = nil }
      }
    case nil: break
    }
  }

  /// - Parameter isWhole: whether the current edition would certainly have sent its fields.
  private func learn(_ clouds: [CloudMarks], isWhole: Bool) {
    guard !clouds.isEmpty else { return }
    if clouds.contains(where: \.isCurrent) {
      find(.current)
    } else if isWhole {
      findNoMarks()
    }
  }

  private func find(_ edition: Edition, isBySize: Bool = false) {
    let now = now()
    let isNew = state.withLock { state in
      defer {
        let keepsSize = state.isBySize && state.edition == edition
        state = Knowledge(edition: edition, toldAt: now, isBySize: isBySize || keepsSize)
      }
      return state.edition != edition
    }
    if isNew { memory.remember(edition, baseURL) }
  }

  /// Handles clouds without any field of the current edition: they fit the classic one, but decide nothing.
  private func findNoMarks() {
    let now = now()
    let isNew = state.withLock { state in
      switch state.edition {
      case .classic: state.toldAt = now
      case .current where !state.isBySize:
        state = Knowledge(edition: .classic)
        return true
      case .current, nil: break
      }
      return false
    }
    if isNew { memory.remember(.classic, baseURL) }
  }
}

extension Edition {
  /// The edition that a size is written in: the classic one writes a number, the current one an object.
  fileprivate init?(ofSize body: Data) {
    guard let first = body.first(where: { !" \t\r\n".utf8.contains($0) }) else { return nil }
    switch first {
    case UInt8(ascii: "{"): self = .current
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "\""): self = .classic
    default: return nil
    }
  }
}

/// The fields that distinguish a cloud of the current edition from one of the classic, which never had them.
struct CloudMarks: Decodable {
  /// `nil` if it can't be read.
  let id: Cloud.ID?
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
    id = try? container.decode(Cloud.ID.self, forKey: .id)
    isCurrent = CodingKeys.allCases.contains { $0 != .id && container.contains($0) }
  }
}

/// The edition of a user, told by fields that only one edition has.
private struct UserMarks: Decodable {
  /// `nil` if nothing tells it, or the fields contradict each other.
  let edition: Edition?

  private enum CodingKeys: String, CodingKey {
    case provider
    case subject = "sub"
    case profilePicture = "profile_picture"
    case isInAllProjects = "in_all_projects"
    case company
    case projectRole = "project_role"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let isCurrent = [.provider, .subject, .profilePicture, .isInAllProjects].contains { container.contains($0) }
    let isClassic = [.company, .projectRole].contains { container.contains($0) }
    edition = isCurrent == isClassic ? nil : isCurrent ? .current : .classic
  }
}

extension User {
  /// The edition that its fields tell, as far as they have values.
  var tellingEdition: Edition? {
    let isCurrent = provider != nil || subject != nil || profilePicture != nil || isInAllProjects != nil
    let isClassic = company != nil || projectRole != nil
    return isCurrent == isClassic ? nil : isCurrent ? .current : .classic
  }
}

import CloudAPI
import FoundationEssentials

/// The folder of files that can be lost without harm (XDG Base Directory Specification 0.8).
enum CacheFolder {
  /// The path of a file of skydeck; `nil` if nothing tells where the folder could be.
  static func path(ofFile name: String, _ environment: [String: String]) -> String? {
    if let directory = environment["XDG_CACHE_HOME"], directory.hasPrefix("/") { return "\(directory)/skydeck/\(name)" }
    guard let home = environment["HOME"], !home.isEmpty else { return nil }
    return "\(home)/.cache/skydeck/\(name)"
  }
}

/// A file that stores the detected edition of each service, so that not every command must detect it again.
///
/// It is a cache: losing it costs two requests, and a file that can't be written
/// is no error. An entry expires after a day, because services are upgraded. Services on this machine aren't stored,
/// because another service may use the port tomorrow.
struct EditionFile: Sendable {
  /// In seconds.
  private static let lifetime = 86_400.0

  private let path: String
  private let patience: Duration
  private let now: @Sendable () -> Date

  /// - Returns: `nil` if nothing tells where the file could be.
  init?(environment: [String: String], now: @escaping @Sendable () -> Date = { Date() }) {
    self.init(environment: environment, patience: AtomicFile.standardPatience, now: now)
  }

  /// - Parameter patience: how long to wait for other programs that change the file.
  init?(environment: [String: String], patience: Duration, now: @escaping @Sendable () -> Date = { Date() }) {
    self.patience = patience
    self.now = now
    guard let path = CacheFolder.path(ofFile: "editions", environment) else { return nil }
    self.path = path
  }

  /// The memory that the client uses.
  var memory: EditionMemory {
    EditionMemory(
      recall: { url in url.isOnThisMachine ? nil : entries(in: text ?? "")[url.description]?.edition },
      remember: { edition, url in
        guard !url.isOnThisMachine else { return }
        let file = AtomicFile(path: path, patience: patience)
        try? file.whileLocked { () throws(SettingsError) in
          let old = text
          var entries = entries(in: old ?? "")
          entries[url.description] = Entry(edition: edition, foundAt: now().timeIntervalSince1970)
          let lines = entries.sorted { $0.key < $1.key }.map { "\($1.edition.rawValue) \($0) \(Int($1.foundAt))\n" }
          try file.replace(old, with: lines.joined())
        }
      })
  }

  private var text: String? {
    (try? RegularFile(readingAt: path, limit: ConfigurationFile.sizeLimit)).map { file in
      String(decoding: file.bytes, as: UTF8.self)
    }
  }

  private struct Entry {
    let edition: Edition
    /// In seconds since 1970.
    let foundAt: Double
  }

  /// The entries by address; invalid and expired lines are skipped.
  private func entries(in text: String) -> [String: Entry] {
    var entries: [String: Entry] = [:]
    let now = now().timeIntervalSince1970
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 3, let edition = Edition(rawValue: String(words[0])), let foundAt = Double(words[2]),
        abs(now - foundAt) < Self.lifetime
      else { continue }
      entries[String(words[1])] = Entry(edition: edition, foundAt: foundAt)
    }
    return entries
  }
}

extension BaseURL {
  fileprivate var isOnThisMachine: Bool {
    ["localhost", "[::1]"].contains(host) || host.hasPrefix("127.")
  }
}

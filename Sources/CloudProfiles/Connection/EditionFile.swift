import CloudAPI
import FoundationEssentials

/// A file that keeps which edition each service was found to speak, so that not every command has to find out anew.
///
/// It is a cache (XDG Base Directory Specification 0.8): losing it costs two requests, and nothing fails where it can't be
/// written. After a day it is found out anew: services are brought up to date. Services on this machine aren't kept:
/// tomorrow another may have the port.
struct EditionFile: Sendable {
  /// In seconds.
  private static let lifetime = 86_400.0

  private let path: String
  private let patience: Duration
  private let now: @Sendable () -> Date

  /// - Returns: `nil` where nothing says where it could be.
  init?(environment: [String: String], now: @escaping @Sendable () -> Date = { Date() }) {
    self.init(environment: environment, patience: AtomicFile.standardPatience, now: now)
  }

  /// - Parameter patience: how long others that change the file are waited for.
  init?(environment: [String: String], patience: Duration, now: @escaping @Sendable () -> Date = { Date() }) {
    self.patience = patience
    self.now = now
    if let directory = environment["XDG_CACHE_HOME"], directory.hasPrefix("/") {
      path = "\(directory)/skydeck/editions"
    } else if let home = environment["HOME"], !home.isEmpty {
      path = "\(home)/.cache/skydeck/editions"
    } else {
      return nil
    }
  }

  /// What the client asks and tells.
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

  /// By address; lines that say nothing, or said it too long ago, are passed over.
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

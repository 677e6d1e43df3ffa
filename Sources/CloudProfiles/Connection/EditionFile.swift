public import CloudAPI

/// A file that keeps which edition each service was found to speak, so that not every command has to find out anew.
///
/// It is a cache (XDG Base Directory Specification 0.8): losing it costs two requests, and nothing fails where it can't be
/// written. Services on this machine aren't kept: tomorrow another may have the port.
public struct EditionFile: Sendable {
  private let path: String

  /// - Returns: `nil` where nothing says where it could be.
  public init?(environment: [String: String]) {
    if let directory = environment["XDG_CACHE_HOME"], directory.hasPrefix("/") {
      path = "\(directory)/skydeck/editions"
    } else if let home = environment["HOME"], !home.isEmpty {
      path = "\(home)/.cache/skydeck/editions"
    } else {
      return nil
    }
  }

  /// What the client asks and tells.
  public var memory: EditionMemory {
    EditionMemory(
      recall: { url in url.isOnThisMachine ? nil : editions(in: text ?? "")[url.description] },
      remember: { edition, url in
        guard !url.isOnThisMachine else { return }
        let file = AtomicFile(path: path)
        try? file.whileLocked { () throws(SettingsError) in
          let old = text
          var editions = editions(in: old ?? "")
          editions[url.description] = edition
          let lines = editions.sorted { $0.key < $1.key }.map { "\($1.rawValue) \($0)\n" }
          try file.replace(old, with: lines.joined())
        }
      })
  }

  private var text: String? {
    (try? RegularFile(readingAt: path, limit: ConfigurationFile.sizeLimit)).map { file in
      String(decoding: file.bytes, as: UTF8.self)
    }
  }

  /// By address; lines that say nothing are passed over.
  private func editions(in text: String) -> [String: Edition] {
    var editions: [String: Edition] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, let edition = Edition(rawValue: String(words[0])) { editions[String(words[1])] = edition }
    }
    return editions
  }
}

extension BaseURL {
  fileprivate var isOnThisMachine: Bool {
    ["localhost", "[::1]"].contains(host) || host.hasPrefix("127.")
  }
}

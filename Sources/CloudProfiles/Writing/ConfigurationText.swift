/// The text of a configuration file, in which a few lines are changed.
///
/// The result of each change is parsed: it is accepted only if nothing but the intended part differs.
struct ConfigurationText {
  let text: String
  let file: ConfigurationFile
  private let root: DocumentNode
  private let lines: TextLines

  init(_ text: String, file: ConfigurationFile) throws(SettingsError) {
    self.text = text
    self.file = file
    lines = TextLines(text)
    do throws(DocumentNode.SyntaxError) {
      root = try DocumentNode(yaml: text)
    } catch {
      throw SettingsError("\(error.message).", at: error.position, of: file.path)
    }
    _ = try configuration()
  }

  func configuration() throws(SettingsError) -> Configuration {
    try Configuration(root, path: file.path, home: file.home)
  }

  func adding(_ profile: Profile) throws(SettingsError) -> ConfigurationText {
    guard profiles[profile.name] == nil else {
      throw SettingsError("There is a profile “\(profile.name)” in \(file.path) already.")
    }
    let written = ProfileText(profile)
    var changed = lines
    if let last = profiles.entries.last {
      let end = try end(of: last, before: nextTopLine(after: .profiles))
      changed.insert(written.lines(indent: last.position.column - 1), at: end)
    } else if let key = root[Configuration.TopName.profiles.rawValue] {
      changed.insert(written.lines(indent: key.position.column + 1), at: key.position.line)
    } else {
      changed.insert(["profiles:"] + written.lines(indent: 2), at: changed.end)
    }
    let after = try self.changed(changed)
    try requireSame(after, but: profile.name)
    guard let node = after.profiles[profile.name]?.value, node == written.node else { throw unchangeable }
    guard after.defaultName == defaultName else { throw unchangeable }
    return after
  }

  func removing(_ name: String) throws(SettingsError) -> ConfigurationText {
    _ = try configuration().profile(named: name)
    let entries = profiles.entries
    guard let index = entries.firstIndex(where: { $0.key == name }) else { throw unchangeable }
    let next = index + 1 < entries.count ? entries[index + 1].position.line - 1 : nextTopLine(after: .profiles)
    var changed = lines
    let first = entries[index].position.line - 1
    changed.remove(first..<max(first, try end(of: entries[index], before: next)))
    let after = try self.changed(changed)
    try requireSame(after, but: name)
    guard after.profiles[name] == nil, after.defaultName == defaultName else { throw unchangeable }
    return after
  }

  func settingDefault(to name: String) throws(SettingsError) -> ConfigurationText {
    _ = try configuration().profile(named: name)
    var changed = lines
    if let old = root[Configuration.TopName.defaultProfile.rawValue]?.value {
      guard changed.replaceWord(defaultName ?? "", with: name, at: old.position) else { throw unchangeable }
    } else {
      guard let key = root[Configuration.TopName.profiles.rawValue] else { throw unchangeable }
      changed.insert(
        ["\(Configuration.TopName.defaultProfile.rawValue): \(YAMLScalar.text(name))"], at: key.position.line - 1)
    }
    let after = try self.changed(changed)
    try requireSame(after, but: nil)
    guard after.defaultName == name else { throw unchangeable }
    return after
  }

  func removingDefault() throws(SettingsError) -> ConfigurationText {
    guard let entry = root[Configuration.TopName.defaultProfile.rawValue] else { return self }
    guard lines.beginsItsLine(entry.position), entry.value.position.line == entry.position.line else {
      throw unchangeable
    }
    var changed = lines
    changed.remove(entry.position.line - 1..<entry.position.line)
    let after = try self.changed(changed)
    try requireSame(after, but: nil)
    guard after.defaultName == nil else { throw unchangeable }
    return after
  }

  private var profiles: DocumentNode {
    root[Configuration.TopName.profiles.rawValue]?.value ?? DocumentNode(content: .null, position: .start)
  }

  private var defaultName: String? {
    if case .scalar(let name, _) = root[Configuration.TopName.defaultProfile.rawValue]?.value.content {
      name
    } else {
      nil
    }
  }

  /// The line, from 0, after the last one that belongs to an entry. Comments that aren't indented further than its key
  /// belong to what follows.
  private func end(of entry: DocumentNode.Entry, before limit: Int) throws(SettingsError) -> Int {
    guard lines.beginsItsLine(entry.position), limit > entry.position.line - 1 else { throw unchangeable }
    return lines.contentEnd(before: limit, after: entry.position.line, indent: entry.position.column - 1)
  }

  /// The line, from 0, of the next key at the top level; the end if there is none.
  private func nextTopLine(after name: Configuration.TopName) -> Int {
    let entries = root.entries
    guard let index = entries.firstIndex(where: { $0.key == name.rawValue }), index + 1 < entries.count else {
      return lines.end
    }
    return entries[index + 1].position.line - 1
  }

  private func changed(_ lines: TextLines) throws(SettingsError) -> ConfigurationText {
    guard !self.lines.hasUnusualBreaks else { throw unchangeable }
    do throws(SettingsError) {
      return try ConfigurationText(lines.text, file: file)
    } catch {
      throw unchangeable
    }
  }

  /// Throws unless everything is the same except the default and one profile.
  private func requireSame(_ after: ConfigurationText, but name: String?) throws(SettingsError) {
    func rest(_ text: ConfigurationText) -> [DocumentNode.Entry] {
      text.root.entries.filter {
        $0.key != Configuration.TopName.profiles.rawValue && $0.key != Configuration.TopName.defaultProfile.rawValue
      } + text.profiles.entries.filter { $0.key != name }
    }
    guard rest(self) == rest(after) else { throw unchangeable }
  }

  private var unchangeable: SettingsError {
    SettingsError(
      "\(file.path) is written so that a change could touch the rest of it (in braces, with aliases or several values in "
        + "one line). Nothing was changed: edit it by hand.")
  }
}

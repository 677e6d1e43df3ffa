import CloudAPI
import CloudProfiles
import CloudViewModels

#if canImport(Glibc)
  import Glibc
#endif

/// Adds a profile, with its key if the key is to be stored in the file.
struct ProfileAddition {
  private(set) var draft: ProfileDraft
  /// Whether to read the secret from standard input.
  let readsSecret: Bool
  let isDefault: Bool

  func run(in session: SettingsSession) async throws(CommandFailure) {
    let file = try session.file()
    try requireFree(in: file, session)
    var draft = draft
    // Check everything else before asking for the key.
    let needsSecret = readsSecret || draft.lacksSecret
    if needsSecret {
      draft.secret = Secret("to-be-asked-for")
      _ = try profile(draft, session)
      draft.secret = try await secret(session)
    }
    let profile = try profile(draft, session)
    try session.configuring { () throws(SettingsError) in try ProfileStore(file).add(profile, isDefault: isDefault) }
    let configuration = try session.configuration()
    let note = configuration.defaultProfile == profile.name ? ", and skydeck uses it from now on" : ""
    session.say("Added the profile \(profile.name) to \(file.path)\(note).")
    session.say("Try it: skydeck profiles check \(profile.name)")
    let added = configuration.profiles.first { $0.name == profile.name }
    guard let reason = added?.signIn.secretSource.whyNoProgram(environment: session.environment.variables) else {
      return
    }
    session.report(ErrorReport(code: "command_unusable", message: "\(reason) The profile was added.", status: .done))
  }

  private func requireFree(in file: ConfigurationFile, _ session: SettingsSession) throws(CommandFailure) {
    if let reason = Profile.whyNotAName(draft.name) { throw .usage(reason) }
    guard access(file.path, F_OK) == 0 else { return }
    let configuration = try session.configuration()
    guard !configuration.profiles.contains(where: { $0.name == draft.name }) else {
      throw .configuration(
        "There is a profile “\(draft.name)” in \(file.path) already: choose another name, or remove it first with "
          + "skydeck profiles remove \(draft.name).")
    }
  }

  private func profile(_ draft: ProfileDraft, _ session: SettingsSession) throws(CommandFailure) -> Profile {
    do throws(SettingsError) {
      return try draft.profile(home: session.environment.variables["HOME"], directory: session.environment.directory)
    } catch {
      throw .usage(error.line)
    }
  }

  private func secret(_ session: SettingsSession) async throws(CommandFailure) -> Secret {
    let name = draft.isOfClient ? "client secret" : "key"
    if readsSecret {
      guard !session.environment.terminal.isInput else {
        throw .usage("--key-stdin reads the key from a pipe or a file; on a terminal, omit it to be asked.")
      }
      let line = await session.environment.input.line()
      if Task.isCancelled { throw .api(CloudAPIError(.cancelled, request: "profiles add")) }
      guard let line, !Secret(line).isEmpty else {
        throw .usage("Standard input holds no \(name) in its first line.")
      }
      return Secret(line)
    }
    guard session.canAsk else {
      let options: [SettingName] =
        draft.isOfClient
        ? [.clientSecretEnv, .clientSecretFile, .clientSecretCommand] : [.keyEnv, .keyFile, .keyCommand]
      throw .usage(
        "Say where the \(name) is, by one of \(options.map(ProfileDraft.option).joined(separator: ", ")) and "
          + "--key-stdin: there is no terminal to ask on.")
    }
    let url = draft.texts[.apiURL] ?? ""
    let answer = await session.environment.input.hiddenLine(
      "The \(name) for \(PlainText.harmless(url)), which is not shown: ", on: session.errors
    ).map { Secret($0) }
    guard let answer, !answer.isEmpty else { throw .declined }
    return answer
  }
}

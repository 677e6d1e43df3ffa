import CloudProfiles

/// Removes a profile after a question on the terminal, or without one after `--yes`.
struct ProfileRemoval {
  let name: String
  let asks: Bool

  func run(in session: SettingsSession) async throws(CommandFailure) {
    let file = try session.file()
    let configuration = try session.configuration()
    let profile = try session.configuring { () throws(SettingsError) in try configuration.profile(named: name) }
    guard !asks || session.canAsk else {
      throw .usage("There is no terminal for the confirmation: --yes does it without asking.")
    }
    let isDefault = configuration.defaultProfile == name
    if asks {
      let question = Question(session)
      question.say(["The profile \(name) of \(profile.apiURL) goes from \(file.path)."])
      if case .inline = profile.signIn.secretSource { question.say(["Its key is kept there alone, and goes with it."]) }
      if isDefault { question.say(["It is the one that skydeck uses unless one is named."]) }
      guard await question.isAnsweredYes(verb: "remove") else { throw .declined }
    }
    try session.configuring { () throws(SettingsError) in
      try ProfileStore(file).remove(name, seenAs: profile)
    }
    session.say("Removed the profile \(name) from \(file.path).")
    let others = try session.configuration()
    guard isDefault, others.defaultProfile == nil, let other = others.profiles.first?.name else { return }
    session.say("It was the default, and there is none now. Choose one: skydeck profiles use \(other)")
  }
}

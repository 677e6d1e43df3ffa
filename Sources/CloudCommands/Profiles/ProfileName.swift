import ArgumentParser
import CloudProfiles

/// Completes the names of profiles as they are typed.
enum ProfileName {
  static let completion = CompletionKind.custom { words, _, _ in
    // The file that the line names, if it names one.
    let option = zip(words, words.dropFirst()).first { $0.0 == "--config" }?.1
    guard let file = ConfigurationFile(option: option, environment: ProcessEnvironment.all),
      let configuration = try? file.load()
    else { return [] }
    return configuration.profiles.map(\.name)
  }
}

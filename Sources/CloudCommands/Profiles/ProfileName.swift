import ArgumentParser
import CloudProfiles

/// Completes the names of profiles as they are typed.
enum ProfileName {
  /// The environment of the command line that is parsed: the parser hands completions nothing of their caller's.
  @TaskLocal static var variables: [String: String] = [:]

  static let completion = CompletionKind.custom { words, _, _ in
    guard let file = ConfigurationFile(option: file(in: words, variables), environment: variables),
      let configuration = try? file.load()
    else { return [] }
    return configuration.profiles.map(\.name)
  }

  /// The file that the line names, if it names one. The words are as they were typed; bash makes one of its own of a `=`.
  private static func file(in words: [String], _ environment: [String: String]) -> String? {
    let name = "--config"
    guard let index = words.firstIndex(where: { $0 == name || $0.hasPrefix(name + "=") }) else { return nil }
    let rest = words[(index + 1)...].drop { $0 == "=" }
    let path = words[index] == name ? rest.first ?? "" : String(words[index].dropFirst(name.count + 1))
    guard path.hasPrefix("~/"), let home = environment["HOME"] else { return path }
    return home + path.dropFirst()
  }
}

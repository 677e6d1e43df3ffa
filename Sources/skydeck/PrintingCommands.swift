import ArgumentParser
import CloudAPI
import CloudCommands
import CloudConsole
import CloudProfiles

/// `skydeck keys`.
struct Keys: EnvironmentCommand {
  static let configuration = CommandConfiguration(commandName: "keys", abstract: "Print the keymap.")

  @OptionGroup var service: ServiceOptions

  @Flag(help: "As a Markdown table, with the API's operations.")
  var markdown = false

  func run(in environment: CommandEnvironment) throws -> Int32 {
    let keymap: Keymap
    do throws(SettingsError) {
      keymap = try Keymap(try service.configuration(environment: environment.variables))
    } catch {
      // The demo starts even if the configuration file is invalid; then it uses the standard keys.
      guard service.demo else {
        environment.errors.line(PlainText.harmless(error.message, keeping: ["\n"]))
        return SettingsError.exitStatus
      }
      keymap = .standard
    }
    environment.output.write(markdown ? keymap.markdown : keymap.plainText)
    return ExitStatus.done.rawValue
  }
}

/// `skydeck completion SHELL`.
struct Completion: EnvironmentCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Print a script that completes commands in a shell.",
    discussion: """
      bash:  skydeck completion bash > ~/.local/share/bash-completion/completions/skydeck
      zsh:   skydeck completion zsh > "${fpath[1]}/_skydeck"
      fish:  skydeck completion fish > ~/.config/fish/completions/skydeck.fish
      """)

  /// The shells for which there are scripts.
  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    var parsed: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  func run(in environment: CommandEnvironment) throws -> Int32 {
    let script = Skydeck.completionScript(for: shell.parsed)
      // fish knows the cursor's position only at its prompt, but scripts also request completions.
      .replacing("(__skydeck_tokens -tC)", with: "(__skydeck_tokens -tC 2>/dev/null; or printf 0)")
    environment.output.line(script)
    return ExitStatus.done.rawValue
  }
}

/// `skydeck manual`.
struct Manual: EnvironmentCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page.",
    discussion: """
      skydeck manual > ~/.local/share/man/man1/skydeck.1
      skydeck manual | man -l -
      """)

  func run(in environment: CommandEnvironment) throws -> Int32 {
    let page = try ManualPage(dump: Skydeck._dumpHelp(), version: Skydeck.configuration.version)
    environment.output.write(page.source)
    return ExitStatus.done.rawValue
  }
}

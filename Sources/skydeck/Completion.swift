import ArgumentParser
import CloudCommands

/// `skydeck completion SHELL`.
struct Completion: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Print a script that completes commands in a shell.",
    discussion: """
      bash:  skydeck completion bash > ~/.local/share/bash-completion/completions/skydeck
      zsh:   skydeck completion zsh > "${fpath[1]}/_skydeck"
      fish:  skydeck completion fish > ~/.config/fish/completions/skydeck.fish
      """)

  /// The shells that there are scripts for.
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

  func run() throws {
    let script = Skydeck.completionScript(for: shell.parsed)
      // fish tells where the cursor is only at its prompt, and is asked for completions by scripts, too.
      .replacing("(__skydeck_tokens -tC)", with: "(__skydeck_tokens -tC 2>/dev/null; or printf 0)")
    throw ExitCode(StandardOutput.print(script + "\n"))
  }
}

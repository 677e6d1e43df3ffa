import ArgumentParser

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

  func run() {
    print(Skydeck.completionScript(for: shell.parsed))
  }
}

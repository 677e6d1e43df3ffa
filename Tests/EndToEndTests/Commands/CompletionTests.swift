import Glibc
import TerminalTestSupport
import Testing

/// The completions that a shell offers.
@Suite(.story) struct CompletionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try write("profiles:\n  live: {api_url: \"https://a.example\", key_env: K}\n", to: "my.yaml", mode: 0o600)
    try #require(symlink(BuiltProduct.path(of: "skydeck"), "\(folder.path)/skydeck") == 0)
  }

  private func write(_ text: String, to name: String, mode: mode_t) throws {
    let descriptor = open("\(folder.path)/\(name)", O_CREAT | O_WRONLY | O_TRUNC, mode)
    let bytes = Array(text.utf8)
    try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    close(descriptor)
  }

  /// A command line up to its incomplete last word, and the completions offered for it.
  static let lines: [(line: String, offers: [String])] = [
    ("skydeck --pane ", ["clouds", "invitations", "people", "processors", "users"]), ("skydeck --pane u", ["users"]),
    ("skydeck --theme ", ["auto", "colour-blind", "dark", "light", "none"]), ("skydeck --config my", ["my.yaml"]),
    ("skydeck --log-file my", ["my.yaml"]), ("skydeck --profile ", ["live"]),
    ("skydeck users update 3 7 --role ", ["admin", "user"]), ("skydeck users replace 3 7 --role a", ["admin"]),
    ("skydeck invitations send 3 a@b.example --role ", ["admin", "user"]),
    ("skydeck clouds list --config my", ["my.yaml"]),
    ("skydeck clouds list --output ", ["csv", "json", "table", "tsv"]),
    ("skydeck profiles show ", ["live"]), ("skydeck profiles use l", ["live"]), ("skydeck profiles remove ", ["live"]),
    ("skydeck profiles check ", ["live"]),
    ("skydeck profiles add x --auth ", ["api-key", "bearer", "client-credentials", "raw"]),
    ("skydeck profiles add x --edition ", ["auto", "classic", "current"]),
    ("skydeck profiles add x --colour ", ["blue", "cyan", "green", "magenta", "red", "yellow"]),
    ("skydeck profiles add x --ca-file my", ["my.yaml"]), ("skydeck profiles add x --key-file my", ["my.yaml"]),
    ("skydeck profiles add x --client-secret-file my", ["my.yaml"]),
    ("skydeck completion ", ["bash", "fish", "zsh"]),
  ]

  @Test(arguments: lines)
  func bashOffers(line: String, offers: [String]) throws {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map { "'\($0)'" }
    try expect(
      offers,
      """
      source <(skydeck completion bash)
      COMP_WORDS=(\(words.joined(separator: " "))) COMP_CWORD=\(words.count - 1)
      COMP_LINE='\(line)' COMP_POINT=\(line.utf8.count)
      _skydeck skydeck \(words[words.count - 1]) \(words[words.count - 2])
      printf '%s\\n' "${COMPREPLY[@]}"
      """, by: "/bin/bash", line)
  }

  @Test(.enabled(if: access("/usr/bin/fish", X_OK) == 0, "fish is not installed."), arguments: lines)
  func fishOffers(line: String, offers: [String]) throws {
    let script = "skydeck completion fish | source; complete -C '\(line)'"
    try expect(offers, script, by: "/usr/bin/fish", line)
  }

  /// One line for each kind of value, because zsh takes seconds to start.
  static let kinds = lines.filter { line in
    [
      "skydeck --pane u", "skydeck --config my", "skydeck profiles show ", "skydeck users update 3 7 --role ",
      "skydeck profiles add x --edition ", "skydeck profiles add x --colour ",
    ].contains(line.line)
  }

  @Test(.enabled(if: access("/usr/bin/zsh", X_OK) == 0, "zsh is not installed."), arguments: kinds)
  func zshOffers(line: String, offers: [String]) throws {
    // Completes on its own terminal, and records what is passed to the completion system.
    try write(
      """
      PS1=READY
      autoload -U compinit && compinit -u
      source <(skydeck completion zsh)
      compadd() {
        local -a found
        builtin compadd -O found "$@"
        print -l "offer:"$^found >> $OFFERS
        builtin compadd "$@"
      }
      offer() { zle complete-word; print DONE }
      zle -N offer
      bindkey '^X' offer

      """, to: ".zshrc", mode: 0o600)
    let script = """
      zmodload zsh/zpty
      zpty shell zsh -i
      zpty -r shell output '*READY*'
      zpty -w -n shell $'\(line)\\C-x'
      zpty -r shell output '*DONE*'
      grep '^offer:' $OFFERS | sed 's/^offer://; s/\\\\//g'
      """
    try expect(offers, script, by: "/usr/bin/zsh", line)
  }

  private func expect(_ offers: [String], _ script: String, by shell: String, _ line: String) throws {
    let result = try ShellCommand.run(
      shell,
      shell.hasSuffix("zsh") ? ["-f", "-c", "cd \(folder.path)\n\(script)"] : ["-c", "cd \(folder.path)\n\(script)"],
      environment: [
        "PATH": "\(folder.path):/usr/bin:/bin", "SKYDECK_CONFIG": "\(folder.path)/my.yaml", "HOME": folder.path,
        "ZDOTDIR": folder.path, "OFFERS": "\(folder.path)/offers", "TERM": "xterm",
      ])
    let offered = Set(result.lines.map { String($0.prefix { $0 != "\t" }) }.filter { !$0.isEmpty })
    #expect(offered == Set(offers), "\(line): \(result.output)\(result.errors)")
  }
}

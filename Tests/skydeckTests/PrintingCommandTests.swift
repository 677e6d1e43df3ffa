import ArgumentParser
import CloudConsole
import CloudSimulator
import CommandTestSupport
import Testing

@testable import skydeck

/// Commands that print what the program knows of itself.
@Suite struct PrintingCommandTests {
  private func run(_ words: String..., variables: [String: String] = [:]) async throws -> ShellUnderTest.Result {
    var shell = try await ShellUnderTest(.empty)
    shell.root = Skydeck.self
    shell.variables = variables
    return await shell.run(words)
  }

  @Test func keysPrintsTheKeymapAsTextAndAsMarkdown() async throws {
    let text = try await run("keys")
    #expect(text.output == Keymap.standard.plainText)
    let markdown = try await run("keys", "--markdown")
    #expect(markdown.output == Keymap.standard.markdown)
    #expect(text.status == 0 && markdown.status == 0 && text.errors + markdown.errors == "")
  }

  @Test func keysHeedsTheFileAndSaysWhereItIsWrong() async throws {
    let folder = try TestFolder()
    try folder.write("console:\n  keymap:\n    refresh: F7\n")
    let own = try await run("keys", variables: ["SKYDECK_CONFIG": folder.file])
    #expect(own.status == 0 && own.output != Keymap.standard.plainText, "\(own.errors)")
    try folder.write("console:\n  keymap:\n    no-such-command: F7\n")
    let wrong = try await run("keys", variables: ["SKYDECK_CONFIG": folder.file])
    #expect(wrong.status == 78 && wrong.output == "")
    #expect(wrong.errors.hasPrefix("\(folder.file), line 3, column 5: There is no command \"no-such-command\"."))
    let demo = try await run("keys", "--demo", variables: ["SKYDECK_CONFIG": folder.file])
    #expect(demo.status == 0 && demo.output == Keymap.standard.plainText)
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completionPrintsAScriptForTheShell(shell: String) async throws {
    let result = try await run("completion", shell)
    #expect(result.status == 0 && result.errors == "")
    #expect(result.output.contains("skydeck") && result.output.contains("invitations"))
  }

  @Test func completionOfAnotherShellIsAMistake() async throws {
    let result = try await run("completion", "csh")
    #expect(result.status == 64 && result.output == "" && result.errors.contains("'csh' is invalid"))
  }

  @Test func manualPrintsThePage() async throws {
    let result = try await run("manual")
    #expect(result.status == 0 && result.errors == "")
    #expect(result.output.hasPrefix(".TH SKYDECK 1 "))
    for noun in ["clouds", "users", "invitations", "processors", "profiles", "doctor", "keys", "completion"] {
      #expect(result.output.contains("\n.SS skydeck \(noun)"), "\(noun)")
    }
  }

  @Test func theConsoleTakesNoVerboseAndSaysItsVersion() async throws {
    let verbose = try await run("--verbose")
    #expect(verbose.status == 64 && verbose.errors.contains("--verbose and --trace are for commands"))
    let version = try await run("--version")
    #expect(version.output == "\(Skydeck.configuration.version)\n" && version.status == 0)
  }
}

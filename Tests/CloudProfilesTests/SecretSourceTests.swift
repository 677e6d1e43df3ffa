import CloudAPI
import CloudProfiles
import Glibc
import Testing

/// Where keys are read from, and where not.
@Suite struct SecretSourceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aVariableHoldsTheKeyItself() async throws {
    #expect(try await SecretSource.variable("K").read(environment: ["K": " key\n"]).revealed == "key")
  }

  @Test func aVariableThatIsNotSetIsNamed() async {
    await expectError("The variable K", from: .variable("K"))
    await expectError("The variable K", from: .variable("K"), environment: ["K": " \n"])
  }

  @Test func theFirstLineOfAFileIsTheKey() async throws {
    let path = try folder.write("key\r\nlogin: ada\n", to: "key")
    #expect(try await SecretSource.file(path: path).read(environment: [:]).revealed == "key")
  }

  @Test(arguments: [0o640, 0o604, 0o620, 0o601] as [mode_t])
  func aFileThatOthersHaveRightsToIsRefused(mode: mode_t) async throws {
    let path = try folder.write("secret-key", to: "key", mode: mode)
    await expectError("chmod 600 \(path)", from: .file(path: path), notHolding: "secret-key")
  }

  @Test func aClientsSecretHoldsAnyLetterAndNoControlCharacter() async throws {
    let path = try folder.write("pässwörd-密\n", to: "secret")
    let secret = try await SecretSource.file(path: path).read(environment: [:], isForForm: true)
    #expect(secret.revealed == "pässwörd-密")
    await expectError("contains invalid characters", from: .file(path: path))
    let odd = SecretSource.variable("K")
    await #expect(throws: SettingsError.self) {
      try await odd.read(environment: ["K": "a\u{1B}[31m"], isForForm: true)
    }
  }

  @Test func aLinkToAPrivateFileIsFollowed() async throws {
    let path = try folder.write("key", to: "key")
    symlink(path, "\(folder.path)/link")
    #expect(try await SecretSource.file(path: "\(folder.path)/link").read(environment: [:]).revealed == "key")
  }

  @Test func whatIsNoFileWithAKeyIsRefused() async throws {
    mkfifo("\(folder.path)/pipe", 0o600)
    await expectError("is not a regular file", from: .file(path: "\(folder.path)/pipe"))
    await expectError("is not a regular file", from: .file(path: folder.path))
    await expectError("does not exist", from: .file(path: "\(folder.path)/none"))
    await expectError("is empty", from: .file(path: try folder.write("\nkey", to: "empty")))
    await expectError("contains invalid characters", from: .file(path: try folder.write("k\u{1B}ey", to: "odd")))
    await expectError(
      "larger than", from: .file(path: try folder.write(String(repeating: "k", count: 70_000), to: "big")))
  }

  @Test func aKeyInTheFileItselfNeedsThatFileToBePrivate() async throws {
    let secret = Secret("secret-key")
    let file = try folder.write("", mode: 0o644)
    await expectError("chmod 600 \(file)", from: .inline(secret, in: file), notHolding: "secret-key")
    chmod(file, 0o600)
    #expect(try await SecretSource.inline(secret, in: file).read(environment: [:]) == secret)
  }

  @Test func theFirstLineThatAProgramPrintsIsTheKey() async throws {
    let source = SecretSource.command(["printf", "%s\\nlogin: ada\\n", "a b"], in: nil)
    #expect(try await source.read(environment: ["PATH": "/usr/bin:/bin"]).revealed == "a b")
  }

  @Test func noShellLooksAtTheWords() async throws {
    let source = SecretSource.command(["printf", "%s", "$HOME;`id`*"], in: nil)
    #expect(try await source.read(environment: ["HOME": "/home/ada"]).revealed == "$HOME;`id`*")
  }

  @Test func aProgramHasTheEnvironmentAndNothingToRead() async throws {
    let source = SecretSource.command(["/bin/sh", "-c", "cat; printf %s \"$VAULT\""], in: nil)
    #expect(try await source.read(environment: ["VAULT": "v-key"]).revealed == "v-key")
  }

  @Test func aProgramSeesNoVariableThatHoldsAKey() async throws {
    let configuration = try Configuration(
      """
      profiles:
        a:
          api_url: https://a.example
          key_env: A_KEY
        b:
          api_url: https://b.example
          auth: client-credentials
          client_id: me
          client_secret_env: B_SECRET
          token_url: https://b.example/token
        c:
          api_url: https://c.example
          key_command: [sh, -c, 'echo "<$A_KEY$B_SECRET$SKYDECK_API_KEY$VAULT>"']
      """)
    let environment = [
      "A_KEY": "1", "B_SECRET": "2", "SKYDECK_API_KEY": "3", "VAULT": "4", "PATH": "/usr/bin:/bin",
    ]
    let secrets = SecretVariables(configuration)
    #expect(secrets.removed(from: environment) == ["VAULT": "4", "PATH": "/usr/bin:/bin"])
    let c = try Connection(
      ConnectionArguments(profile: "c"), environment: environment, configuration: configuration)
    #expect(try await c.secret().revealed == "<4>")
    let a = try Connection(
      ConnectionArguments(profile: "a"), environment: environment, configuration: configuration)
    #expect(try await a.secret().revealed == "1")
  }

  @Test func aProgramThatFailsIsQuotedHarmlesslyAndItsOutputIsNot() async {
    let script = "echo secret-key; printf 'no vault\\033[31m\\n' >&2; exit 3"
    await expectError(
      "ended with status 3:\n  no vault\u{FFFD}[31m", from: .command(["/bin/sh", "-c", script], in: nil),
      notHolding: "secret-key")
  }

  @Test func aProgramThatIsNotThereIsNamed() async {
    await expectError("The command /nowhere/pass, which", from: .command(["/nowhere/pass"], in: nil))
  }

  @Test func aProgramThatPrintsNothingHasNoKey() async {
    await expectError("What /bin/true printed is empty", from: .command(["/bin/true"], in: nil))
  }

  @Test func aProgramThatPrintsWithoutEndDoesNotFillTheMemory() async throws {
    let source = SecretSource.command(["/bin/sh", "-c", "echo key; head -c 10000000 /dev/zero"], in: nil)
    #expect(try await source.read(environment: ["PATH": "/usr/bin:/bin"]).revealed == "key")
  }

  @Test func cancellingEndsTheProgramAndWhatItStarted() async throws {
    let mark = "\(folder.path)/started"
    mkfifo(mark, 0o600)
    // The program opens the pipe when it runs; its child keeps it open until that is killed, too.
    let source = SecretSource.command(["/bin/sh", "-c", "exec 9>\(mark); sleep 600 & wait"], in: nil)
    let reading = Task { try await source.read(environment: ["PATH": "/usr/bin:/bin"]) }
    let ended = await onThread {
      let descriptor = open(mark, O_RDONLY)
      reading.cancel()
      var byte: UInt8 = 0
      // Returns when nobody has the other end open any more.
      let count = read(descriptor, &byte, 1)
      close(descriptor)
      return count
    }
    #expect(ended == 0)
    await #expect(throws: SettingsError.self) { try await reading.value }
  }

  private func expectError(
    _ part: String, from source: SecretSource, environment: [String: String] = [:], notHolding secret: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    do throws(SettingsError) {
      _ = try await source.read(environment: environment)
      Issue.record("a key was read", sourceLocation: sourceLocation)
    } catch {
      #expect(error.message.contains(part), "\(error.message)", sourceLocation: sourceLocation)
      if let secret { #expect(!error.message.contains(secret), sourceLocation: sourceLocation) }
    }
  }
}

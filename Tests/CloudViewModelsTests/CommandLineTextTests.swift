import CloudAPI
import CloudViewModels
import Testing

@testable import CloudChanges

@Suite struct CommandLineTextTests {
  @Test(arguments: [
    ("3", "3"), ("ada@atelier.example", "ada@atelier.example"), ("https://a.b/c?d=e", "'https://a.b/c?d=e'"),
    ("", "''"), ("Haussmann Tower", "'Haussmann Tower'"), ("Pont de l'Alma", #"'Pont de l'\''Alma'"#),
    ("'", #"''\'''"#), ("$(reboot)", "'$(reboot)'"), ("a\nb", "'a\nb'"), ("~", "'~'"), ("東京", "'東京'"),
    ("=ls", "'=ls'"), ("--name==ls", "'--name==ls'"), ("a:=ls", "'a:=ls'"), ("--name=ls", "--name=ls"), ("a=", "a="),
    ("~root/x", "'~root/x'"), ("--name=~", "'--name=~'"), ("a^b", "'a^b'"), ("#a", "'#a'"), ("{a,b}", "'{a,b}'"),
    ("back\\slash", #"'back\slash'"#), ("!", "'!'"), ("'\u{301}x", "''\\''\u{301}x'"),
  ])
  func aWordIsQuotedWhereAShellWouldSeeMoreThanText(text: String, quoted: String) {
    #expect(ShellWord.quoted(text) == quoted)
  }

  @Test func whatIsQuotedIsReadBackAsItWas() {
    var generator = SystemRandomNumberGenerator()
    let pieces = ["'", "\"", "\\", " ", "\n", "$", "`", "a", "\u{301}", "-", "東", "#", "*", "\u{1B}", "=", "''"]
    for _ in 0..<2000 {
      let words = (0..<3).map { _ in
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
          .joined()
      }
      let line = words.map(ShellWord.quoted).joined(separator: " ")
      #expect(PosixWords.split(line) == words, "\(words)")
    }
  }

  @Test func theServiceComesFirst() {
    let command = CommandLineText("users", "get", ["3", "101"])
    let demo = ServiceIdentity(name: "Demo", source: .demo)
    #expect(command.text == "skydeck users get 3 101")
    #expect(command.on(demo).text == "skydeck --demo users get 3 101")
    let profile = ServiceIdentity(name: "x", source: .profile("acme live"))
    #expect(command.on(profile).text == "skydeck --profile 'acme live' users get 3 101")
    let address = ServiceIdentity(name: "x", source: .environment(address: "https://api.example"))
    #expect(command.on(address).text == "skydeck --api-url https://api.example users get 3 101")
    #expect(command.on(ServiceIdentity(name: "x", source: .environment(address: nil))).words == command.words)
  }

  @Test func whatLooksLikeAnOptionIsTakenForNone() {
    let named = CommandLineText("clouds", "create", options: [.init("name", "--demo")])
    #expect(named.text == "skydeck clouds create --name=--demo")
    let invited = CommandLineText("invitations", "send", ["3", "-x@y.example"], options: [.init("redirect-uri", "a")])
    #expect(invited.text == "skydeck invitations send --redirect-uri a -- 3 -x@y.example")
  }

  @Test(arguments: [("a\nb", true), ("\u{1B}[31m", true), ("\u{9B}", true), ("\u{7F}", true), ("a\u{202E}b", false)])
  func controlsAreFoundWhereverTheyAre(name: String, holds: Bool) {
    #expect(CommandLineText("clouds", "create", options: [.init("name", name)]).holdsControls == holds)
    #expect(CommandLineText("clouds", "get", [name]).holdsControls == holds)
  }
}

/// Splits a command line as a POSIX shell does, supporting only single quotes and backslashes; the line must not
/// contain anything else that a shell would interpret.
private enum PosixWords {
  static func split(_ line: String) -> [String]? {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var isWord = false
    var isQuoted = false
    var isEscaped = false
    for scalar in line.unicodeScalars {
      switch scalar {
      case _ where isEscaped:
        word.append(scalar)
        isEscaped = false
      case "'":
        isQuoted.toggle()
        isWord = true
      case _ where isQuoted: word.append(scalar)
      case "\\":
        isEscaped = true
        isWord = true
      case " ":
        if isWord { words.append(String(word)) }
        word = String.UnicodeScalarView()
        isWord = false
      case _ where "$`\"#*?[]<>|&;()~!{}\n".unicodeScalars.contains(scalar): return nil
      default:
        word.append(scalar)
        isWord = true
      }
    }
    return isQuoted || isEscaped ? nil : words + (isWord ? [String(word)] : [])
  }
}

import Testing

@testable import CloudCommands

/// Tests of how `--filter` is parsed.
@Suite struct FilterTextTests {
  private func filter(_ text: String) -> FilterText {
    FilterText(text, columns: ["name", "company", "role", "project_role"])
  }

  private func conditions(_ text: String) -> [String] {
    filter(text).conditions.map { "\($0.column)|\($0.value)" }
  }

  @Test func aColumnTakesTheRestAsItsValue() {
    #expect(conditions("company=ACME Corp") == ["company|ACME Corp"])
    #expect(conditions("company=A=B  C x=y") == ["company|A=B  C x=y"])
    #expect(conditions("Company=") == ["Company|"])
    let filter = filter("ada paul role=admin")
    #expect(filter.words == ["ada", "paul"])
    #expect(filter.conditions.map(\.value) == ["admin"])
  }

  @Test func anotherColumnEndsIt() {
    #expect(conditions("company=ACME Corp role=admin name=x y") == ["company|ACME Corp", "role|admin", "name|x y"])
    #expect(conditions(#"company=ACME role\=admin"#) == ["company|ACME role=admin"])
  }

  @Test(arguments: [
    (#"a\=b"#, ["a=b"]), (#"role\=admin x"#, ["role=admin", "x"]), ("=x", ["=x"]), ("a1=b", ["a1=b"]),
    ("https://x/?q=1", ["https://x/?q=1"]), ("ada@x.example", ["ada@x.example"]),
  ])
  func anEqualsSignCanBeSearched(text: String, words: [String]) {
    #expect(filter(text).words == words)
    #expect(filter(text).conditions.isEmpty)
    #expect(filter(text).unknownColumn == nil)
  }

  @Test func aNameThatNoColumnHasIsTold() {
    #expect(filter("rol=admin").unknownColumn == "rol")
    #expect(FilterText.escapeAdvice("a").hasSuffix(#"write a\=…"#))
  }
}

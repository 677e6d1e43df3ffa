import CloudAPI
import CloudSimulator
import CommandTestSupport
import Testing

/// What `--filter` prints and leaves out.
@Suite struct FilterOptionTests {
  private func ids(_ words: String..., on shell: ShellUnderTest) async -> [String] {
    let result = await shell.run(words + ["--columns", "id", "--no-header"])
    #expect(result.status == 0, "\(words): \(result.errors)")
    return result.lines.map(String.init)
  }

  @Test func theSameLanguageFiltersEveryList() async throws {
    let shell = try await ShellUnderTest()
    let admins = await ids("users", "list", "7", "--filter", "role=admin", on: shell)
    #expect(admins == ["160", "164"])
    #expect(await ids("users", "list", "7", "--filter", "role!=admin", on: shell) == ["161", "162", "163"])
    #expect(await ids("users", "list", "7", "--filter=-role=admin", on: shell) == ["161", "162", "163"])
    #expect(await ids("users", "list", "7", "--filter=!admin", on: shell) == ["161", "162", "163"])
    #expect(await ids("users", "list", "7", "--filter", "admin", on: shell) == admins)
    #expect(await ids("users", "list", "7", "--filter", "160", on: shell) == ["160"])
    #expect(await ids("users", "list", "7", "--filter", "16", on: shell) == [])
    #expect(
      await ids("users", "list", "7", "--filter", "id>=162", "--filter=-role=admin", on: shell) == ["162", "163"])
    #expect(await ids("users", "list", "7", "--filter", "since>2000 updated<2100", on: shell).count == 5)
    #expect(await ids("processors", "list", "3", "--filter", "after=extract", on: shell).count > 0)
    #expect(await ids("clouds", "list", "--filter", "archive created<2100", on: shell).count == 1)
    let json = await shell.run("users", "list", "7", "--filter", "role=admin", "-o", "json")
    #expect(json.output.split(separator: "\n").filter { $0.contains("\"id\"") }.count == 2 && json.errors == "")
  }

  @Test(arguments: ["size>500GB", "size>=1.2TB", "size<1GB", "size!=512 GB"]) func aComparedSizeIsRead(
    filter: String
  ) async throws {
    let shell = try await ShellUnderTest()
    let found = await shell.run("clouds", "list", "--filter", filter, "-o", "csv")
    #expect(found.status == 0 && found.errors == "")
    #expect(found.lines.first == "id,name,size,created")
    let all = await shell.run("clouds", "list", "--sizes", "--columns", "size", "--no-header")
    let sizes = all.lines.compactMap { Int64($0) }
    let gigabyte: Int64 = 1 << 30
    let expected = sizes.filter { size in
      switch filter {
      case "size>500GB": size >= 500 * gigabyte + gigabyte / 2
      case "size>=1.2TB": size >= 1_178 * gigabyte
      case "size<1GB": size < gigabyte
      default: size / gigabyte != 512
      }
    }
    #expect(found.lines.count - 1 == expected.count && !expected.isEmpty && expected.count < sizes.count, "\(filter)")
  }

  @Test func theQuotaIsAColumnThatCanBeComparedSortedAndPrinted() async throws {
    let shell = try await ShellUnderTest(edition: .current)
    let result = await shell.run(
      "clouds", "list", "--filter", "quota>=50", "--sort", "-quota", "--columns", "quota", "--no-header")
    let shares = result.lines.compactMap { Int($0) }
    #expect(result.status == 0 && !shares.isEmpty && shares.count == result.lines.count, "\(result.output)")
    #expect(shares == shares.sorted(by: >) && shares.allSatisfy { $0 >= 50 })
  }

  @Test(arguments: [
    ("nam=x", #"Clouds have no column "nam"; they have id, name, size, created, quota,"#),
    ("size>12x", #"In size>12x, "12x" is no size"#), ("created<20x4", #""20x4" is no date"#),
    ("ada created=", "There is no value in created=:"), ("default=maybe", #""maybe" is no yes or no"#),
    ("name=x nam=\u{1B}[31m", "have no column"),
  ])
  func whatCanNotBeReadEndsWith64AndPrintsNothing(filter: String, message: String) async throws {
    let shell = try await ShellUnderTest()
    for format in ["table", "json", "csv"] {
      let result = await shell.run("clouds", "list", "--filter", "archive", "--filter", filter, "-o", format)
      #expect(result.status == 64 && result.output == "")
      #expect(format == "json" || result.errors.contains(message), "\(result.errors)")
      #expect(!result.errors.contains("\u{1B}"))
    }
    #expect(await shell.simulator.requests.isEmpty)
  }

  @Test func rowsWhoseValueIsUnknownAreLeftOutAndCounted() async throws {
    let shell = try await ShellUnderTest(faults: "403:GET:/cloud/3/size")
    let result = await shell.run("clouds", "list", "--filter", "size>0", "--columns", "id", "--no-header")
    #expect(!result.lines.contains("3") && result.lines.count > 10)
    #expect(result.errors.contains("1 cloud is left out, because a value that the filter compares is unknown."))
    #expect(result.status == 77)
    let users = await shell.run("users", "list", "12", "--filter", "company!=x", "--columns", "company", "-o", "json")
    #expect(users.status == 64)
    let companies = await shell.run(
      "users", "list", "12", "--filter", "company!=x", "--columns", "company", "--no-header")
    #expect(companies.status == 0 && companies.lines.allSatisfy { !$0.isEmpty })
    let without = await shell.run("users", "list", "12", "--filter", #"company="""#, "--columns", "id", "--no-header")
    #expect(without.errors == "" && !without.lines.isEmpty)
    #expect(companies.errors.contains("\(without.lines.count) users are left out") || without.lines.count == 1)
  }

  @Test func helpShowsHowExclusionsAndSizesAreWritten() async throws {
    let shell = try await ShellUnderTest()
    for noun in ["clouds", "users", "invitations", "processors"] {
      let help = await shell.run(noun, "list", "--help")
      let text = help.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(text.contains("--filter=-word") && text.contains("'size>1GB'"))
    }
  }
}

import CloudCommands
import CloudSimulator
import CommandTestSupport
import HTTPTypes
import Testing

/// `people list` and `people find`.
@Suite struct PeopleVerbTests {
  private let header = "email\tname\tcloud_id\tcloud\trole\tstate\tonly_admin"

  @Test func aScriptGetsARowForEachMembershipInTheOrderOfTheClouds() async throws {
    let shell = try await ShellUnderTest(.generated(clouds: 20, users: 3))
    let result = await shell.run("people", "list", "--no-header")
    #expect(result.status == 0)
    #expect(result.lines.count == 60)
    let clouds: [String] = result.lines.map { line in
      String(line.split(separator: "\t", omittingEmptySubsequences: false)[2])
    }
    let expected: [String] = (1...20).flatMap { Array(repeating: String($0), count: 3) }
    #expect(clouds == expected)
    #expect(result.errors == "60 people in 20 clouds.\n")
  }

  @Test func jsonIsOneArrayOfRows() async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run("people", "find", "ada@ATELIER.example", "--exact", "-o", "json")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("[\n{") && result.output.hasSuffix("}\n]\n"))
    #expect(
      result.output.contains(
        #"{"email":"ada@atelier.example","name":"Ada Lovelace","cloud_id":3,"cloud":"Haussmann Tower","role":"admin","#
          + #""state":"member","only_admin":false}"#))
  }

  @Test func flagsNarrowTheRows() async throws {
    let shell = try await ShellUnderTest()
    let admins = await shell.run("people", "list", "--admins", "--no-header")
    #expect(admins.lines.allSatisfy { $0.contains("\tadmin\tmember\t") } && !admins.lines.isEmpty)
    let invited = await shell.run("people", "list", "--invited", "--no-header")
    #expect(invited.lines.allSatisfy { $0.contains("\tinvited\t") } && !invited.lines.isEmpty)
    let sole = await shell.run("people", "list", "--sole-admins", "--no-header")
    #expect(sole.lines.allSatisfy { $0.hasSuffix("\ttrue") })
    let outside = await shell.run("people", "list", "--outside", "Atelier.example", "--no-header")
    #expect(!outside.output.contains("@atelier.example") && outside.output.contains("@beton.example"))
    let both = await shell.run("people", "list", "--admins", "--outside", "atelier.example", "--no-header")
    #expect(Set(both.lines).isSubset(of: Set(admins.lines)) && !both.output.contains("ada@atelier.example"))
  }

  @Test func aFilterNarrowsTheRowsByTheSameColumns() async throws {
    let shell = try await ShellUnderTest()
    let all = await shell.run("people", "list", "--no-header")
    let admins = await shell.run("people", "list", "--filter", "role=admin state=member", "--no-header")
    #expect(admins.lines == all.lines.filter { $0.contains("\tadmin\tmember\t") } && !admins.lines.isEmpty)
    let cloud = await shell.run("people", "list", "--filter", "cloud_id=3 -invited", "--no-header")
    #expect(cloud.lines == all.lines.filter { $0.contains("\t3\t") && $0.contains("\tmember\t") })
    let word = await shell.run("people", "list", "--filter", "invited", "--no-header")
    #expect(word.lines == all.lines.filter { $0.contains("\tinvited\t") } && !word.lines.isEmpty)
    let sole = await shell.run("people", "list", "--filter", "only_admin=yes", "--no-header")
    #expect(sole.status == 0 && sole.lines == all.lines.filter { $0.hasSuffix("\ttrue") })
    let persons = await shell.run(
      "people", "list", "--by-person", "--filter", "clouds>3 admin of=0", "--columns", "clouds,admin_of", "--no-header")
    #expect(!persons.lines.isEmpty && persons.lines.allSatisfy { (Int($0.prefix { $0 != "\t" }) ?? 0) > 3 })
    #expect(persons.lines.allSatisfy { $0.hasSuffix("\t0") }, "\(persons.output)")
    for filter in ["clouds>3", "role=amdin", "state="] {
      let wrong = await shell.run("people", "list", "--filter", filter)
      #expect(wrong.status == 64 && wrong.output == "" && !wrong.errors.isEmpty)
    }
  }

  @Test func byPersonThereIsOneRowForEach() async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run("people", "list", "--by-person", "-o", "csv")
    #expect(result.lines.first == "email,name,clouds,admin_of,only_admin_of,invitations,state,company")
    #expect(result.lines.count { $0.hasPrefix("ada@atelier.example,") } == 1)
    let again = await shell.run("people", "list", "--by-person", "-o", "csv")
    #expect(result.output == again.output)
  }

  @Test func nobodyIsFoundOnlyAfterAllWereRead() async throws {
    let shell = try await ShellUnderTest()
    let result = await shell.run("people", "find", "nobody@nowhere.example")
    #expect(result.status == 0)
    #expect(result.output == header + "\n")
    #expect(result.errors == "“nobody@nowhere.example” is in none of 14 clouds read.\n")
  }

  @Test func halfAReadingDoesNotPassForTheWhole() async throws {
    let shell = try await ShellUnderTest()
    await shell.simulator.setFaults { $0.path == "/cloud/3/user" || $0.path == "/cloud/5/user" ? .forbidden : nil }
    let result = await shell.run("people", "find", "nobody@nowhere.example")
    #expect(result.status == 77)
    #expect(result.errors.contains("is in none of 12 clouds read; 2 unknown.\n"), "\(result.errors)")
    #expect(result.errors.contains("The users of 2 clouds (3 Haussmann Tower, 5 "), "\(result.errors)")
    let list = await shell.run("people", "list")
    #expect(list.status == 77 && list.errors.contains(" people in 12 of 14 clouds, 2 unreadable"), "\(list.errors)")
    #expect(list.lines.count > 100)
  }

  @Test func aKeyWithoutTheInvitationsStillGivesAllUsers() async throws {
    let shell = try await ShellUnderTest()
    await shell.simulator.setFaults { $0.path?.hasSuffix("/invitation") == true ? .forbidden : nil }
    let result = await shell.run("people", "list", "--no-header")
    #expect(result.status == 77 && result.errors.contains("in 14 clouds, no invitations readable"), "\(result.errors)")
    let users = await shell.run("people", "list", "--no-invitations", "--no-header")
    #expect(users.status == 0 && users.output == result.output)
  }

  @Test(arguments: [(Fault.badGateway, Int32(69)), (.refusedConnection, 69), (.throttled(retryAfter: 3_600), 75)])
  func theStatusSaysWhyListsAreMissing(fault: Fault, status: Int32) async throws {
    let shell = try await ShellUnderTest()
    await shell.simulator.setFaults { $0.path == "/cloud/3/user" ? fault : nil }
    let result = await shell.run("people", "list", "--no-header")
    #expect(result.status == status, "\(result.errors)")
    #expect(!result.lines.isEmpty)
  }

  @Test func nothingIsWritten() async throws {
    let shell = try await ShellUnderTest()
    #expect(await shell.run("people", "list").writes.isEmpty)
  }

  @Test(arguments: [
    ["list", "--invited", "--no-invitations"], ["list", "--outside", "@"], ["find"], ["find", " "],
    ["list", "--columns", "phone"],
  ])
  func whatMakesNoSenseIsSaid(words: [String]) async throws {
    let result = try await ShellUnderTest().run(["people"] + words)
    #expect(result.status == 64 && result.output == "")
  }
}

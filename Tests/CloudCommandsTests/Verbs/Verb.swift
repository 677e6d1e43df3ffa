import ArgumentParser
import CloudCommands
import CommandTestSupport
import Testing

/// A verb of the shell on the demo's data, with its expected request and output.
struct Verb: Sendable, CustomTestStringConvertible {
  let words: [String]
  /// The request of a verb that writes: method, path and body.
  let request: String
  /// The output as CSV.
  let csv: String
  /// The output on a terminal.
  let table: String
  /// The path to which the service responds with the same JSON; `nil` if there is none.
  let path: String?

  init(_ line: String, _ request: String = "", csv: String = "", table: String = "", path: String? = nil) {
    words = line.split(separator: " ").map(String.init)
    self.request = request
    self.csv = csv
    self.table = table
    self.path = path
  }

  var testDescription: String { words.joined(separator: " ") }
  var name: String { words.prefix(2).joined(separator: " ") }

  /// The same verb with an id that doesn't exist.
  var elsewhere: [String] { words.prefix(2) + ["999"] + words.dropFirst(3) }
}

extension Verb {
  static let reads = [
    Verb(
      "clouds list", csv: "id,name,created\n7,Archive 2018,2019-04-30T09:39:36Z\n",
      table: "ID  NAME          CREATED\n7   Archive 2018  Apr 2019\n", path: "/cloud"),
    Verb(
      "clouds get 7", csv: "id,name,created\n7,Archive 2018,2019-04-30T09:39:36Z\n",
      table: """
        Name      Archive 2018
        Id        7
        Default   no
        Creator   Margaret Hamilton, margaret@atelier.example
        Features  —
        Created   30 Apr 2019 09:39:36 UTC
        Updated   20 Jun 2019 09:39:36 UTC

        """, path: "/cloud/7"),
    Verb("clouds size 4", csv: "id,size\n4,235149459456\n", table: "ID    SIZE\n4   219 GB\n", path: "/cloud/4/size"),
    Verb(
      "users list 7",
      csv:
        "id,name,email,company,role,since\n161,Alan Kay,alan@atelier.example,Atelier Nord,user,2020-08-20T11:35:40Z\n",
      table: """
        ID   NAME      E-MAIL                COMPANY       ROLE  SINCE
        161  Alan Kay  alan@atelier.example  Atelier Nord  User  Aug 2020

        """, path: "/cloud/7/user"),
    Verb(
      "users get 7 161",
      csv:
        "id,name,email,company,role,since\n161,Alan Kay,alan@atelier.example,Atelier Nord,user,2020-08-20T11:35:40Z\n",
      table: """
        First name    Alan
        Last name     Kay
        E-mail        alan@atelier.example
        Role          User
        Company       Atelier Nord
        Project role  —
        Id            161
        Member since  20 Aug 2020 11:35:40 UTC
        Updated       22 Nov 2020 11:35:40 UTC

        """, path: "/cloud/7/user/161"),
    Verb(
      "invitations list 6",
      csv: "id,email,role,redirect\n61,mairie@paris.example,admin,https://platform.bimdata.io/cloud/6\n",
      table: """
        ID  E-MAIL                ROLE   REDIRECT
        61  mairie@paris.example  Admin  https://platform.bimdata.io/cloud/6

        """, path: "/cloud/6/invitation"),
    Verb(
      "processors list 5", csv: "id,name,parents\n51,extract,\n52,gltf,extract\n",
      table: "ID  NAME     AFTER\n51  extract\n52  gltf     extract\n", path: "/cloud/5/processor"),
    Verb(
      "processors get 5 52", csv: "id,name,parents\n52,gltf,processor 51\n",
      table: "Name        gltf\nRuns after  processor 51\nId          52\n", path: "/cloud/5/processor/52"),
  ]

  /// The verbs that create or change something without a question.
  static let changes = [
    Verb(
      "clouds create --name Quai", #"POST /cloud {"name":"Quai"}"#,
      csv: "id,name,created\n15,Quai,2019-05-23T13:04:17Z\n", path: "/cloud/15"),
    Verb(
      "clouds update 7 --name Quai", #"PATCH /cloud/7 {"name":"Quai"}"#,
      csv: "id,name,created\n7,Quai,2019-04-30T09:39:36Z\n", path: "/cloud/7"),
    Verb(
      "clouds replace 7 --name Quai", #"PUT /cloud/7 {"name":"Quai"}"#,
      csv: "id,name,created\n7,Quai,2019-04-30T09:39:36Z\n", path: "/cloud/7"),
    Verb(
      "clouds create-demo 7", "POST /cloud/7/create-demo", csv: "id,name\n1,Demo\n",
      table: "Created the project Demo (1).\n"),
    Verb(
      "users update 7 161 --role admin", #"PATCH /cloud/7/user/161 {"role":100}"#,
      csv:
        "id,name,email,company,role,since\n161,Alan Kay,alan@atelier.example,Atelier Nord,admin,2020-08-20T11:35:40Z\n",
      path: "/cloud/7/user/161"),
    Verb(
      "users replace 7 161 --role 100", #"PUT /cloud/7/user/161 {"role":100}"#,
      csv:
        "id,name,email,company,role,since\n161,Alan Kay,alan@atelier.example,Atelier Nord,admin,2020-08-20T11:35:40Z\n",
      path: "/cloud/7/user/161"),
    Verb(
      "invitations send 7 ada@x.example --redirect-uri https://x.example",
      #"POST /cloud/7/invitation {"email":"ada@x.example","redirect_uri":"https://x.example"}"#,
      csv: "id,email,role,redirect\n112,ada@x.example,admin,https://x.example\n",
      table: "Invited ada@x.example (invitation 112).\n"),
    Verb(
      "processors create 5 --name svg --parent 51",
      #"POST /cloud/5/processor {"name":"svg","parent_processors":[51]}"#,
      csv: "id,name,parents\n123,svg,processor 51\n", path: "/cloud/5/processor/123"),
    Verb(
      "processors update 5 52 --no-parents", #"PATCH /cloud/5/processor/52 {"parent_processors":[]}"#,
      csv: "id,name,parents\n52,gltf,\n", path: "/cloud/5/processor/52"),
    Verb(
      "processors replace 5 52 --name svg", #"PUT /cloud/5/processor/52 {"name":"svg","parent_processors":[]}"#,
      csv: "id,name,parents\n52,svg,\n", path: "/cloud/5/processor/52"),
  ]

  static let removals = [
    Verb("clouds delete 7", "DELETE /cloud/7", table: "Deleted cloud 7.\n"),
    Verb("users remove 7 161", "DELETE /cloud/7/user/161", table: "Removed user 161.\n"),
    Verb("invitations cancel 6 61", "DELETE /cloud/6/invitation/61", table: "Withdrew invitation 61.\n"),
    Verb("processors delete 5 52", "DELETE /cloud/5/processor/52", table: "Deleted processor 52.\n"),
  ]

  /// The verbs that write, with `--yes` if they would ask.
  static let writes = changes + removals.map { Verb($0.testDescription + " --yes", $0.request, table: $0.table) }
}

/// Tests that the tables contain all verbs.
@Suite struct VerbTests {
  private static func names(of command: any ParsableCommand.Type, under path: [String] = []) -> [String] {
    let name = path + [command.configuration.commandName ?? "\(command)".lowercased()]
    let verbs = command.configuration.subcommands
    return verbs.isEmpty ? [name.joined(separator: " ")] : verbs.flatMap { names(of: $0, under: name) }
  }

  @Test func everyVerbOfTheServiceIsInOneOfTheTables() {
    let all = CloudCommands.subcommands.flatMap { Self.names(of: $0) }
      .map { $0.replacing("createdemo", with: "create-demo").replacing("setrole", with: "set-role") }
    let others =
      ["list", "show", "add", "remove", "use", "check"].map { "profiles \($0)" } + ["doctor"]
      + ["list", "find", "remove", "set-role", "invite"].map { "people \($0)" }
    #expect(Set(all) == Set((Verb.reads + Verb.changes + Verb.removals).map(\.name) + others))
  }
}

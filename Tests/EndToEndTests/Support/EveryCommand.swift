/// The 22 operations as commands, in the classic edition. All can be run on the demo's data in this order.
enum EveryCommand {
  static let reads = [
    ["clouds", "list"], ["clouds", "get", "3"], ["clouds", "size", "3"], ["users", "list", "1"],
    ["users", "get", "1", "101"], ["invitations", "list", "3"], ["processors", "list", "1"],
    ["processors", "get", "1", "12"],
  ]

  static let writes = [
    ["clouds", "create", "--name", "Quai 7"], ["clouds", "update", "4", "--name", "Quai 8"],
    ["clouds", "replace", "4", "--name", "Quai 9"], ["clouds", "create-demo", "4"],
    ["users", "update", "1", "101", "--role", "user"], ["users", "replace", "1", "102", "--role", "admin"],
    ["users", "remove", "1", "101", "--yes"],
    ["invitations", "send", "4", "new@x.example", "--redirect-uri", "https://x.example"],
    ["invitations", "cancel", "3", "31", "--yes"], ["processors", "create", "1", "--name", "ifc"],
    ["processors", "update", "1", "12", "--name", "ifc2"],
    ["processors", "replace", "1", "12", "--name", "ifc3", "--parent", "11"],
    ["processors", "delete", "1", "18", "--yes"], ["clouds", "delete", "5", "--yes"],
  ]

  static let all = reads + writes
}

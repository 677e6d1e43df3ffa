import TerminalUI

extension Keymap {
  static let standardBindings: [Binding] = moving + looking + marking + changing + console

  private static let moving = [
    Binding(.moveDown, [.down, .character("j")], "down", "Go one row down.", task: .move),
    Binding(.moveUp, [.up, .character("k")], "up", "Go one row up.", task: .move),
    Binding(.pageDown, [.pageDown, .control("f"), .control("d")], "page down", "Go a page down.", task: .move),
    Binding(.pageUp, [.pageUp, .control("b"), .control("u")], "page up", "Go a page up.", task: .move),
    Binding(.moveToFirst, [.home, .character("g")], "first", "Go to the first row.", task: .move),
    Binding(.moveToLast, [.end, .character("G")], "last", "Go to the last row.", task: .move),
    Binding(
      .nextPane, [.tab, .right, .character("l")], "next pane", "Go to the next pane.", task: .move),
    Binding(
      .previousPane, [.backTab, .left, .character("h")], "previous pane", "Go to the previous pane.", task: .move),
    Binding(
      .focusClouds, [.character("1")], "clouds", "Go to the clouds.", task: .move, operations: ["get_clouds"]),
    Binding(
      .focusUsers, [.character("2")], "users", "Go to the users of the cloud under the cursor.", task: .move,
      operations: ["get_cloud_users"]),
    Binding(
      .focusInvitations, [.character("3")], "invitations", "Go to its pending invitations.", task: .move,
      operations: ["get_cloud_invitations"]),
    Binding(
      .focusProcessors, [.character("4")], "processors", "Go to its processors.", task: .move,
      operations: ["cloud_processor_list"]),
    Binding(.focusPeople, [.character("5")], "people", "Go to the people of all clouds, and read them.", task: .move),
  ]

  private static let looking = [
    Binding(
      .open, [.enter], "open", "Show every field of the record, re-read from the service.", task: .look,
      operations: ["get_cloud", "get_cloud_user", "cloud_processor_read"]),
    Binding(
      .back, [.escape], "back", "Close the dialog, or clear the message, the filter or the marks.",
      task: .look),
    Binding(
      .filter, [.character("/")], "filter",
      "Show only rows that match: words, -words, column=value, size>1GB.", task: .look),
    Binding(
      .sort, [.character("s")], "sort", "Sort by a column from a menu; the same column again reverses.", task: .look),
    Binding(.refresh, [.character("r"), .function(5)], "refresh", "Refresh the list and its sizes.", task: .look),
    Binding(
      .sizes, [.character("S")], "sizes", "Rank all clouds by size in a chart.", task: .look,
      operations: ["get_cloud_size"]),
    Binding(.copy, [.character("y")], "copy", "Copy a field of the record, its row or a column.", task: .look),
    Binding(
      .zoom, [.character("z")], "zoom", "Toggle full-screen pane.", task: .look),
    Binding(
      .copyCommand, [.character("Y")], "command", "Copy the skydeck command for the record, or for what was just done.",
      task: .look),
  ]

  private static let marking = [
    Binding(.mark, [.character(" ")], "mark", "Mark or unmark the row and go down.", task: .mark),
    Binding(
      .invertMarks, [.character("*")], "invert", "Invert the marks of the rows shown.",
      task: .mark),
    Binding(.markAll, [.control("a")], "mark all", "Mark all rows shown.", task: .mark),
    Binding(.unmark, [.character("u")], "unmark", "Unmark all.", task: .mark),
  ]

  private static let changing = [
    Binding(
      .create, [.character("c")], "create", "Create what the pane lists; in Invitations, invite someone.",
      task: .change,
      operations: ["create_cloud", "cloud_processor_create"]),
    Binding(
      .edit, [.character("e")], "edit", "Edit the record in a form, or the marked users' role.", task: .change,
      operations: ["update_cloud", "update_cloud_user", "cloud_processor_partial_update"]),
    Binding(
      .editDocument, [.character("E")], "edit as JSON", "Edit the record as JSON in your editor.",
      task: .change, operations: ["full_update_cloud", "full_update_cloud_user", "cloud_processor_update"]),
    Binding(
      .delete, [.character("D"), .delete], "delete", "Delete the record, or the marked ones, after a question.",
      task: .change, isDangerous: true,
      operations: [
        "delete_cloud", "delete_cloud_user", "cancel_cloud_user_invitation", "cloud_processor_delete",
      ]),
    Binding(
      .invite, [.character("i")], "invite",
      "Invite people to the cloud under the cursor, from any pane, or to the marked ones.", task: .change,
      operations: ["invite_cloud_user"]),
    Binding(
      .resend, [.character("R")], "send again", "Resend the invitation, or the marked ones.", task: .change,
      operations: ["invite_cloud_user"]),
    Binding(
      .createDemo, [.character("M")], "demo project", "Create a demo project in the cloud, after a question.",
      task: .change, operations: ["create_demo"]),
  ]

  private static let console = [
    Binding(.palette, [.character(":")], "commands", "Find a command by its name.", task: .console),
    Binding(.help, [.character("?"), .function(1)], "help", "Show every key.", task: .console),
    Binding(
      .services, [.character("P")], "profiles", "Switch to another service: a profile or the demo.", task: .console),
    Binding(.log, [.character("L")], "log", "Show the log of requests and messages.", task: .console),
    Binding(.mouse, [], "mouse", "Toggle mouse support.", task: .console),
    Binding(.redraw, [.control("l")], "redraw", "Redraw the screen.", task: .console),
    Binding(.suspend, [.control("z")], "suspend", "Suspend to the shell; fg returns.", task: .console),
    Binding(.quit, [.character("q"), .control("c")], "quit", "Quit skydeck.", task: .console),
  ]
}

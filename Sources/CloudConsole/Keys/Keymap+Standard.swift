import TerminalUI

extension Keymap {
  static let standardBindings: [Binding] = moving + looking + marking + changing + console

  private static let moving = [
    Binding(
      .moveDown, [.down, .character("j")], "down", summary: "one row down", "Go one row down.", task: .move,
      synonyms: "next"),
    Binding(
      .moveUp, [.up, .character("k")], "up", summary: "one row up", "Go one row up.", task: .move,
      synonyms: "previous"),
    Binding(
      .pageDown, [.pageDown, .control("f"), .control("d")], "page down", summary: "one page down", "Go a page down.",
      task: .move, synonyms: "scroll forward"),
    Binding(
      .pageUp, [.pageUp, .control("b"), .control("u")], "page up", summary: "one page up", "Go a page up.",
      task: .move, synonyms: "scroll backward"),
    Binding(
      .moveToFirst, [.home, .character("g")], "first", summary: "to the first row", "Go to the first row.",
      task: .move, synonyms: "top start beginning home"),
    Binding(
      .moveToLast, [.end, .character("G")], "last", summary: "to the last row", "Go to the last row.", task: .move,
      synonyms: "bottom end"),
    Binding(
      .nextPane, [.tab, .right, .character("l")], "next pane", summary: "to the next pane", "Go to the next pane.",
      task: .move, synonyms: "focus window tab right"),
    Binding(
      .previousPane, [.backTab, .left, .character("h")], "previous pane", summary: "to the previous pane",
      "Go to the previous pane.", task: .move, synonyms: "focus window tab left"),
    Binding(
      .focusClouds, [.character("1")], "clouds", summary: "to the clouds, or to one of them", "Go to the clouds.",
      task: .move, operations: ["get_clouds"], synonyms: "goto jump space workspace",
      argument: Binding.Argument(
        "CLOUD", example: "12", "Puts the cursor on a cloud: its id, or a part of its name that no other has.")),
    Binding(
      .focusUsers, [.character("2")], "users", summary: "to the users of this cloud",
      "Go to the users of the cloud under the cursor.", task: .move, operations: ["get_cloud_users"],
      synonyms: "members accounts admins"),
    Binding(
      .focusInvitations, [.character("3")], "invitations", summary: "to the invitations to this cloud",
      "Go to its pending invitations.", task: .move, operations: ["get_cloud_invitations"],
      synonyms: "invited pending guests"),
    Binding(
      .focusProcessors, [.character("4")], "processors", summary: "to the processors of this cloud",
      "Go to its processors.", task: .move, operations: ["cloud_processor_list"], synonyms: "graph pipeline handlers"),
    Binding(
      .focusPeople, [.character("5")], "people", summary: "who is in which cloud, and as what",
      "Go to the people of all clouds, and read them.", task: .move,
      synonyms: "who whois admin admins persons everybody members access audit offboard everywhere"),
  ]

  private static let looking = [
    Binding(
      .open, [.enter], "open", summary: "every field of the record",
      "Show every field of the record, re-read from the service.", task: .look,
      operations: ["get_cloud", "get_cloud_user", "cloud_processor_read"],
      synonyms: "show view details info inspect describe get",
      wordings: ["people": Binding.Wording(label: "open", help: "Show every membership and invitation of the person.")]),
    Binding(
      .back, [.escape], "back", summary: "close, or clear filter or marks",
      "Close the dialog, or clear the message, the filter or the marks.", task: .look,
      synonyms: "cancel clear dismiss leave reset undo",
      wordings: [
        "people": Binding.Wording(
          label: "back", help: "Clear the message, the filter or the marks, stop reading, or go back to the clouds.")
      ]),
    Binding(
      .filter, [.character("/")], "filter", summary: "only the rows that match",
      "Show only rows that match: words, -words, column=value, size>1GB.", task: .look,
      synonyms: "find search grep where only",
      argument: Binding.Argument(
        "TEXT", example: "role=admin", "Shows only the rows that match, as `/` does; nothing shows all.")),
    Binding(
      .sort, [.character("s")], "sort", summary: "by a column",
      "Sort by a column from a menu; the same column again reverses.", task: .look, synonyms: "order arrange rank",
      argument: Binding.Argument(
        "COLUMN", example: "name", "Sorts by a column, as the shell's `--sort` does: `-size` puts the greatest first.")),
    Binding(
      .refresh, [.character("r"), .function(5)], "refresh", summary: "read the list and its sizes again",
      "Refresh the list and its sizes.", task: .look, synonyms: "reload reread update retry again",
      wordings: [
        "people": Binding.Wording(
          label: "refresh", help: "Read what is still unread; if nothing is, read everything again.")
      ]),
    Binding(
      .sizes, [.character("S")], "sizes", summary: "all clouds in a chart", "Rank all clouds by size in a chart.",
      task: .look, operations: ["get_cloud_size"],
      synonyms: "largest biggest quota storage usage disk space share full top"),
    Binding(
      .copy, [.character("y")], "copy", summary: "a field, the row or a column",
      "Copy a field of the record, its row or a column.", task: .look, synonyms: "yank clipboard e-mail email address"),
    Binding(
      .zoom, [.character("z")], "zoom", summary: "this pane on the whole screen", "Toggle full-screen pane.",
      task: .look, synonyms: "maximize maximise fullscreen full-screen enlarge"),
    Binding(
      .copyCommand, [.character("Y")], "command", summary: "the same as a shell command",
      "Copy the skydeck command for the record, the list, or for what was just done.", task: .look,
      synonyms: "yank clipboard shell cli script"),
    Binding(
      .export, [], "export", summary: "what the pane shows, to a file",
      "Write the rows of the pane, or the marked ones, to a file.", task: .look,
      synonyms: "save write csv tsv json file download dump report",
      argument: Binding.Argument(
        "FILE", example: "users.csv",
        "Writes what the pane shows, or the marked rows, to a `.csv`, `.tsv` or `.json` file.", isRequired: true)),
  ]

  private static let marking = [
    Binding(
      .mark, [.character(" ")], "mark", summary: "mark or unmark the row", "Mark or unmark the row and go down.",
      task: .mark, synonyms: "select choose toggle tag pick"),
    Binding(
      .invertMarks, [.character("*")], "invert", summary: "mark what isn't marked",
      "Invert the marks of the rows shown.",
      task: .mark, synonyms: "select reverse toggle"),
    Binding(
      .markAll, [.control("a")], "mark all", summary: "mark all rows shown", "Mark all rows shown.", task: .mark,
      synonyms: "select everything tag"),
    Binding(
      .unmark, [.character("u")], "unmark", summary: "take all marks away", "Unmark all.", task: .mark,
      synonyms: "deselect unselect none clear undo"),
  ]

  private static let changing = [
    Binding(
      .create, [.character("c")], "create", summary: "what the pane lists, in a form",
      "Create what the pane lists; in Invitations, invite someone.", task: .change,
      operations: ["create_cloud", "cloud_processor_create"], synonyms: "add new make insert"),
    Binding(
      .edit, [.character("e")], "edit", summary: "rename it, or change a role",
      "Edit the record in a form, or the marked users' role.", task: .change,
      operations: ["update_cloud", "update_cloud_user", "cloud_processor_partial_update"],
      synonyms: "rename change modify update set role admin promote demote grant permission rights",
      wordings: [
        "users": Binding.Wording(label: "role", help: "Change the role of the user, or of the marked ones, in a form."),
        "people": Binding.Wording(
          label: "role", help: "Give the person, or the marked ones, a role in all their clouds."),
      ]),
    Binding(
      .editDocument, [.character("E")], "edit as JSON", summary: "in your editor",
      "Edit the record as JSON in your editor.", task: .change,
      operations: ["full_update_cloud", "full_update_cloud_user", "cloud_processor_update"],
      synonyms: "replace document vi vim put"),
    Binding(
      .delete, [.character("D"), .delete], "delete", summary: "delete, remove or withdraw; asks",
      "Delete the record, or the marked ones, after a question.", task: .change, isDangerous: true,
      operations: [
        "delete_cloud", "delete_cloud_user", "cancel_cloud_user_invitation", "cloud_processor_delete",
      ], synonyms: "remove cancel revoke withdraw rm erase destroy kick",
      wordings: [
        "clouds": Binding.Wording(
          label: "delete", help: "Delete the cloud with all that is in it, or the marked ones, after a question."),
        "users": Binding.Wording(
          label: "remove", help: "Remove the user, or the marked ones, from the cloud, after a question."),
        "invitations": Binding.Wording(
          label: "withdraw", help: "Withdraw the invitation, or the marked ones, after a question."),
        "people": Binding.Wording(
          label: "remove", help: "Remove the person, or the marked ones, from all their clouds, after a question."),
      ]),
    Binding(
      .invite, [.character("i")], "invite", summary: "people to this cloud",
      "Invite people to the cloud under the cursor, from any pane, or to the marked ones.", task: .change,
      operations: ["invite_cloud_user"], synonyms: "add new send e-mail email onboard member admin",
      wordings: [
        "people": Binding.Wording(
          label: "invite", help: "Invite the person, or the marked ones, to clouds that you pick from a list.")
      ]),
    Binding(
      .resend, [.character("R")], "send again", summary: "resend the invitation",
      "Resend the invitation, or the marked ones.", task: .change, operations: ["invite_cloud_user"],
      synonyms: "resend remind reinvite repeat mail"),
    Binding(
      .createDemo, [.character("M")], "demo project", summary: "create one in the cloud; asks",
      "Create a demo project in the cloud, after a question.", task: .change, operations: ["create_demo"],
      synonyms: "add new sample example"),
  ]

  private static let console = [
    Binding(
      .palette, [.character(":")], "commands", summary: "find a command",
      "Find a command by its name or by what it does.", task: .console),
    Binding(
      .help, [.character("?"), .function(1)], "help", summary: "every key",
      "Show every key; in a dialog, its own first. F1 while text is typed.", task: .console,
      synonyms: "keys shortcuts manual usage bindings what how"),
    Binding(
      .services, [.character("P")], "profiles", summary: "switch to another service",
      "Switch to another service: a profile or the demo.", task: .console,
      synonyms: "service switch connect login account environment context server",
      argument: Binding.Argument("PROFILE", example: "live", "Switches to the service of a profile.")),
    Binding(
      .log, [.character("L")], "log", summary: "requests and messages", "Show the log of requests and messages.",
      task: .console, synonyms: "history messages errors trace requests audit undo"),
    Binding(
      .theme, [], "theme", summary: "other colours: dark, light, none …", "Change the colours.", task: .console,
      synonyms: "color colour colors colours dark light appearance background contrast",
      argument: Binding.Argument(
        "THEME", example: "light",
        "Changes the colours at once: `auto`, `dark`, `light`, `colour-blind` or `none`.", isRequired: true)),
    Binding(
      .mouse, [], "mouse", summary: "on or off", "Toggle mouse support.", task: .console,
      synonyms: "click wheel pointer select"),
    Binding(
      .redraw, [.control("l")], "redraw", summary: "draw the screen anew", "Redraw the screen.", task: .console,
      synonyms: "repaint refresh clear"),
    Binding(
      .suspend, [.control("z")], "suspend", summary: "back to the shell for now", "Suspend to the shell; fg returns.",
      task: .console, synonyms: "stop background shell pause"),
    Binding(
      .quit, [.character("q"), .control("c")], "quit", summary: "leave skydeck", "Quit skydeck.", task: .console,
      synonyms: "exit bye close end leave logout stop"),
  ]
}

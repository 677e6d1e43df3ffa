public import ArgumentParser

/// The shell's commands: a noun each, with its verbs, and those about skydeck itself.
public enum CloudCommands {
  public static let subcommands: [any ParsableCommand.Type] = [
    CloudsCommand.self, UsersCommand.self, InvitationsCommand.self, ProcessorsCommand.self, ProfilesCommand.self,
    DoctorCommand.self,
  ]
}

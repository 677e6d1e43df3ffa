public import ArgumentParser

/// The commands of the shell: a noun with its verbs for each resource, and those about skydeck itself.
public enum CloudCommands {
  public static let subcommands: [any ParsableCommand.Type] = [
    CloudsCommand.self, UsersCommand.self, InvitationsCommand.self, ProcessorsCommand.self, PeopleCommand.self,
    ProfilesCommand.self, DoctorCommand.self,
  ]
}

public import ArgumentParser

/// The shell's commands: a noun each, with its verbs.
public enum CloudCommands {
  public static let nouns: [any ParsableCommand.Type] = [
    CloudsCommand.self, UsersCommand.self, InvitationsCommand.self, ProcessorsCommand.self,
  ]
}

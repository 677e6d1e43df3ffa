extension CommandLineText {
  /// One command for several where it takes several operands, else one after the other: each runs once the one before it
  /// went well, and a shell reads them all before the first one asks its question.
  ///
  /// - Returns: `nil` for none.
  static func several(_ commands: [CommandLineText]) -> CommandLineText? {
    var lines: [CommandLineText] = []
    for command in commands where !lines.contains(command) {
      if let last = lines.last, let both = last.merged(with: command) {
        lines[lines.count - 1] = both
      } else {
        lines.append(command)
      }
    }
    guard var first = lines.first else { return nil }
    first.following = Array(lines.dropFirst())
    return first
  }

  /// Both as one, where that sends several invitations to the same cloud.
  private func merged(with next: CommandLineText) -> CommandLineText? {
    guard (noun, verb) == ("invitations", "send"), next.noun == noun, next.verb == verb, options == next.options,
      operands.first == next.operands.first
    else { return nil }
    return withOperands(operands + next.operands.dropFirst().filter { !operands.contains($0) })
  }
}

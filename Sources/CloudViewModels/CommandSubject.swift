/// Which records a command is about.
public enum CommandSubject: Hashable, Sendable {
  /// The one under the cursor.
  case selected
  /// Those that are marked.
  case marked
}

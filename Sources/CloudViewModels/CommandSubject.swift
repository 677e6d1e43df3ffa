/// Which records a command is about.
public enum CommandSubject: Hashable, Sendable {
  /// The one under the cursor.
  case selected
  /// Those that are marked.
  case marked
}

/// The question that comes before something is done to records.
@MainActor
public enum RecordQuestion {
  case one(ConfirmationModel)
  case several(BatchModel)
}

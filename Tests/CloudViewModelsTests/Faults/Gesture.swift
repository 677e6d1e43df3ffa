import CloudAPI
import CloudChanges
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import Testing

/// Everything the user can do in the console that writes, applied to cloud 3 of the demo.
enum Gesture: String, CaseIterable {
  case createCloud, editCloud, replaceCloud, deleteCloud, makeDemo
  case editUser, replaceUser, removeUser
  case inviteOne, inviteThree, withdraw, sendAgain
  case createProcessor, editProcessor, replaceProcessor, deleteProcessor

  /// The number of writes that it sends.
  var writes: Int { self == .inviteThree ? 3 : 1 }

  /// Whether a read can tell afterwards if it was applied.
  var canBeDecided: Bool { self != .makeDemo && self != .sendAgain }

  /// Prepares the gesture up to its last key.
  ///
  /// - Returns: a closure that presses that key; it may be called repeatedly.
  @MainActor
  func prepare(_ test: WorkspaceUnderTest) async throws -> @MainActor () -> Void {
    let workspace = test.workspace
    switch self {
    case .createCloud:
      return try Self.submission(of: workspace.clouds.actions.creationForm(), ["name": .text("Quai 7")])
    case .editCloud: return try Self.submission(of: workspace.clouds.actions.editForm(), ["name": .text("Quai 7")])
    case .replaceCloud: return try await Self.replacement(in: workspace.clouds, "Haussmann Tower", "Quai 7", test)
    case .deleteCloud: return try await Self.confirmation(in: workspace.clouds, .delete, test)
    case .makeDemo: return try await Self.confirmation(in: workspace.clouds, .createDemo, test)
    case .editUser:
      let role = try Self.otherRole(of: workspace.users.selectedRecord)
      return try Self.submission(of: workspace.users.actions.editForm(), ["role": .text(role)])
    case .replaceUser:
      let user = try #require(workspace.users.selectedRecord)
      let old = "\"role\": \(user.cloudRole.map { String($0.rawValue) } ?? "null")"
      return try await Self.replacement(in: workspace.users, old, "\"role\": \(try Self.otherRole(of: user))", test)
    case .removeUser: return try await Self.confirmation(in: workspace.users, .delete, test)
    case .inviteOne: return try Self.submission(of: workspace.inviteForm(), Self.people("a@new.example"))
    case .inviteThree:
      return try Self.submission(
        of: workspace.inviteForm(), Self.people("a@new.example b@new.example c@new.example"))
    case .withdraw: return try await Self.confirmation(in: workspace.invitations, .delete, test)
    case .sendAgain: return try await Self.confirmation(in: workspace.invitations, .resend, test)
    case .createProcessor:
      return try Self.submission(of: workspace.processors.actions.creationForm(), ["name": .text("ifc")])
    case .editProcessor: return try Self.submission(of: workspace.processors.actions.editForm(), ["name": .text("ifc")])
    case .replaceProcessor:
      let name = try #require(workspace.processors.selectedRecord).name
      return try await Self.replacement(in: workspace.processors, "\"\(name)\"", "\"ifc\"", test)
    case .deleteProcessor: return try await Self.confirmation(in: workspace.processors, .delete, test)
    }
  }

  private static func people(_ addresses: String) -> FormValues {
    ["email": .text(addresses), "redirect_uri": .text("https://platform.example")]
  }

  private static func otherRole(of user: User?) throws -> String {
    try #require(user).cloudRole == .admin ? "50" : "100"
  }

  @MainActor
  private static func submission(of form: FormModel?, _ values: FormValues) throws -> @MainActor () -> Void {
    let form = try #require(form)
    for (id, value) in values { form.set(value, for: id) }
    return { form.submit() }
  }

  @MainActor
  private static func confirmation(
    in table: any TableModel, _ intent: RecordIntent, _ test: WorkspaceUnderTest
  ) async throws -> @MainActor () -> Void {
    let question = try #require(table.actions.question(of: intent))
    await test.idle()
    question.typed = question.wanted?.words ?? ""
    try #require(question.canConfirm)
    return { question.confirm() }
  }

  @MainActor
  private static func replacement(
    in table: any TableModel, _ old: String, _ new: String, _ test: WorkspaceUnderTest
  ) async throws -> @MainActor () -> Void {
    let model = try #require(table.actions.documentEdit())
    guard case .text(let text) = await model.begin() else {
      Issue.record("The document was not opened.")
      return {}
    }
    let fields = DocumentEditModel.fields(of: text)
    try #require(fields.contains(old))
    var isSent = false
    return {
      // An editor is closed only once.
      guard !isSent else { return }
      isSent = true
      test.context.activity.run {
        _ = await model.finish(fields.replacing(old, with: new))
      }
    }
  }
}

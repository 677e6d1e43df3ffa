import CloudChanges

/// What was entered in forms that were left while they were sent, and that the service then didn't accept.
///
/// It is kept for one service and one run of the program, and given out once.
@MainActor
public final class ReturnedForms {
  private var kept: [Set<ChangeTarget>: FormValues] = [:]

  func keep(_ values: FormValues, for purpose: Set<ChangeTarget>) {
    kept[purpose] = values.isEmpty ? nil : values
  }

  func take(for purpose: Set<ChangeTarget>) -> FormValues? {
    kept.removeValue(forKey: purpose)
  }
}

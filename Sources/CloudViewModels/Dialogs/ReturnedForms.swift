import CloudChanges

/// The values of forms that were closed while being sent and that the service then refused.
///
/// They are kept for one service and one run of the program, and returned once.
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

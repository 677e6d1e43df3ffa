/// The question that comes before something is done to records.
@MainActor
public enum RecordQuestion {
  case one(ConfirmationModel)
  case several(BatchModel)
}

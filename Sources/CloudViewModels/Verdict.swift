import FoundationEssentials

/// What reading again says of a write whose answer was lost.
public enum Verdict: Hashable, Sendable {
  /// It was carried out.
  case done
  /// It was not carried out by the time of reading, and may be until then: another verdict follows.
  case notDoneYet(until: Date)
  /// It was not carried out, and no service is still at work on it.
  case notDone
  /// Nothing that can be read tells; the text says why.
  case undecided(String)
}

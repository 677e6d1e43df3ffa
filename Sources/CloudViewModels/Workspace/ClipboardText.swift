/// Text as it goes to a clipboard: what a service sent, letter by letter, but never a control character of its own. A shell
/// that it is pasted into would act on one; each becomes a blank.
public struct ClipboardText: Hashable, Sendable {
  public let text: String
  /// How many control characters became blanks.
  public let controls: Int

  /// More than any terminal takes: what comes after so many bytes is not looked at.
  private static let enough = 1 << 17

  /// One value.
  public init(_ value: String) {
    self.init(column: CollectionOfOne(value))
  }

  /// Values side by side, with tabs between them, as spreadsheets take them.
  public init(row values: [String]) {
    self.init(values, separator: "\t")
  }

  /// Values one below the other. The last line doesn't end: pasted, it waits for a person.
  public init(column values: some Sequence<String>) {
    self.init(values, separator: "\n")
  }

  private init(_ values: some Sequence<String>, separator: Unicode.Scalar) {
    var scalars = String.UnicodeScalarView()
    var controls = 0
    var bytes = 0
    for (index, value) in values.enumerated() {
      guard bytes < Self.enough else { break }
      bytes += value.utf8.count + 1
      if index > 0 { scalars.append(separator) }
      for scalar in value.unicodeScalars {
        let isControl = scalar.properties.generalCategory == .control
        if isControl { controls += 1 }
        scalars.append(isControl ? " " : scalar)
      }
    }
    text = String(scalars)
    self.controls = controls
  }
}

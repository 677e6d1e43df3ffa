/// Text for the clipboard: values as the service sent them, with each control character replaced by a blank, because a
/// shell that the text is pasted into would interpret it.
public struct ClipboardText: Hashable, Sendable {
  public let text: String
  /// How many control characters were replaced.
  public let controls: Int

  /// The most bytes that are looked at: more than any terminal accepts.
  private static let enough = 1 << 17

  /// Text of one value.
  public init(_ value: String) {
    self.init(column: CollectionOfOne(value))
  }

  /// Values in one line, separated by tabs, as spreadsheets accept them.
  public init(row values: [String]) {
    self.init(values, separator: "\t")
  }

  /// Values on separate lines. The last line doesn't end, so that a shell waits for Enter after pasting.
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

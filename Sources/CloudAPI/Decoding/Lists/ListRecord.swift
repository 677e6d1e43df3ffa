/// A model that lists are made of.
public protocol ListRecord: Decodable, Sendable {
  /// How it is read where it is written plainly; `nil` for models whose lists are short.
  static var plainReading: PlainReading<Self>? { get }
  /// The fields that aren't as the API documents them; of most records none.
  var oddities: [FieldOddity] { get }
}

extension ListRecord {
  public static var plainReading: PlainReading<Self>? { nil }
}

/// The short way to read a model from JSON, beside `Decodable`, which has the last word.
public struct PlainReading<Record>: Sendable {
  /// Leaves its argument behind the value; `nil` for what isn't plain.
  let read: @Sendable (inout PlainJSON) -> Record?

  init(_ read: @escaping @Sendable (inout PlainJSON) -> Record?) {
    self.read = read
  }
}

extension Cloud: ListRecord {}
extension CloudInvitation: ListRecord {}
extension Processor: ListRecord {}

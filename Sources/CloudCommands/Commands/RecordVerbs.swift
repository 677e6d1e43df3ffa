import ArgumentParser
import CloudAPI
import CloudChanges
import CloudViewModels

/// The arguments of a verb for one record or one list, and the call that they produce.
protocol RecordVerb: ParsableArguments, Sendable {
  associatedtype Record: ListedRecord
  associatedtype Scope: ResourceScope
  /// `ReadCall` of the printed value, or `Call` for a write.
  associatedtype Sent: Sendable

  static var configuration: CommandConfiguration { get }
  static var resource: Resource<Record, Scope> { get }

  var call: Sent { get }
  /// Which clouds a write may leave without an admin.
  var adminException: AdminRule.Exception { get }
}

extension RecordVerb {
  var adminException: AdminRule.Exception { .none }
}

/// A verb that prints all records of a kind.
struct Listing<Verb: RecordVerb>: CloudCommand where Verb.Sent == ReadCall<[Verb.Record]> {
  static var configuration: CommandConfiguration { Verb.configuration }

  @OptionGroup var service: ServiceOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var list: ListOptions
  @OptionGroup var verb: Verb

  func run(in session: CommandSession) async throws(CommandFailure) {
    try await RecordListing(resource: Verb.resource, call: verb.call, options: list).run(in: session)
  }
}

/// A verb that prints one record.
struct Getting<Verb: RecordVerb>: CloudCommand where Verb.Sent == ReadCall<Verb.Record> {
  static var configuration: CommandConfiguration { Verb.configuration }

  @OptionGroup var service: ServiceOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var verb: Verb

  func run(in session: CommandSession) async throws(CommandFailure) {
    try await SingleRecord(resource: Verb.resource, call: verb.call).run(in: session)
  }
}

/// A verb that creates or changes a record, and prints it.
struct Writing<Verb: RecordVerb>: CloudCommand where Verb.Sent == Call {
  static var configuration: CommandConfiguration { Verb.configuration }

  @OptionGroup var service: ServiceOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var verb: Verb

  func run(in session: CommandSession) async throws(CommandFailure) {
    try await SingleRecord(resource: Verb.resource, call: verb.call, write: write, except: verb.adminException)
      .run(in: session)
  }
}

/// A verb that removes a record once the user has confirmed it.
struct Removing<Verb: RecordVerb>: CloudCommand where Verb.Sent == Call {
  static var configuration: CommandConfiguration { Verb.configuration }

  @OptionGroup var service: ServiceOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var write: WriteOptions
  @OptionGroup var delete: DeleteOptions
  @OptionGroup var verb: Verb

  func run(in session: CommandSession) async throws(CommandFailure) {
    try await Deletion(call: verb.call, write: write, delete: delete, exception: verb.adminException).run(in: session)
  }
}

/// The two verbs that change a record.
protocol EditWay: Sendable {
  /// Whether the whole record is sent; if not, only the given fields.
  static var isWhole: Bool { get }
}

enum Update: EditWay {
  static let isWhole = false
}

enum Replace: EditWay {
  static let isWhole = true
}

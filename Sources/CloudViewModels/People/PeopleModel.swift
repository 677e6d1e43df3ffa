public import CloudAPI
public import CloudAccess
import CloudChanges
import FoundationEssentials

/// The people of all clouds: one more list, which a sweep reads once somebody asks for it.
@MainActor
public final class PeopleModel {
  public let list: ListModel<PersonSummary, EveryCloud>
  let loader: PeopleLoader
  let context: ModelContext

  /// - Parameter limit: the most requests at once.
  init(context: ModelContext, limit: Int) {
    let loader = PeopleLoader(context: context, limit: limit)
    self.loader = loader
    self.context = context
    list = ListModel(.people, loader: loader, context: context) { PeopleActions(list: $0, loader: loader) }
  }

  /// The clouds that the user looks at, which are read first.
  var preferred: @MainActor () -> [Cloud.ID] {
    get { loader.preferred }
    set { loader.preferred = newValue }
  }

  /// Starts the first sweep; later calls do nothing.
  public func open() { list.load(EveryCloud()) }

  public var isSweeping: Bool { loader.isSweeping }

  /// Stops the sweep; what was read stays.
  public func stop() { list.cancelReading() }

  /// Of how many clouds the rows are: `612 people in 998 of 1,000 clouds, 2 unreadable`; `nil` before anything is known.
  public var coverageText: String? { isKnown ? "\(peopleText) in \(loader.coverage.text)" : nil }

  /// The same in parts, the most important last.
  public var coverageParts: [String] {
    isKnown ? loader.coverage.parts.dropFirst() + [peopleText, loader.coverage.parts[0]] : []
  }

  private var isKnown: Bool { loader.scope != nil && loader.coverage.clouds > 0 }

  private var peopleText: String { Count.people(list.totalCount) }

  /// The person under the cursor, with all memberships and invitations.
  public var selectedPerson: Person? { list.selection.flatMap(person) }

  public func person(_ id: Person.ID) -> Person? { loader.index.person(id) }

  /// How many clouds a person is in, and of how many clouds that is known.
  public func coverageText(ofPerson id: Person.ID) -> String {
    let clouds = Count.text(list.record(id)?.clouds, "cloud", "clouds")
    let coverage = loader.coverage
    return coverage.isComplete ? clouds : "\(clouds) of \(coverage.text)"
  }

  /// Puts the cursor on a person.
  ///
  /// - Returns: whether there still is one.
  public func select(_ id: Person.ID) -> Bool {
    list.reveal(id)
    return list.selection == id
  }

  func apply(_ effects: [Effect]) { loader.apply(effects) }
}

import CloudAPI
import CloudChanges
import CloudViewModels
import FoundationEssentials
import TerminalUI

/// The arguments of the palette's commands: what can be chosen, and running a command with one. None of them writes to
/// the service.
@MainActor
final class CommandArguments {
  /// A value to choose.
  struct Choice: Hashable {
    /// What is written after the command's name.
    let text: String
    /// What the list shows.
    var title: String
    var detail = ""
    /// Whether it is what was typed.
    var isExact = false
    /// Whether it is the one in use.
    var isPresent = false
  }

  /// What became of a command with an argument.
  enum Outcome {
    case done
    /// Nothing was done, for this reason.
    case refused(String)
    /// Another layer goes on.
    case replace(any Layer)
    /// The palette is told how it ends.
    case working(cancel: @MainActor () -> Void)
  }

  private let panes: Panes
  private let services: ServiceSwitch
  private let terminal: TerminalLink
  private let exports: Exporting
  /// The profiles, read once for each palette.
  private lazy var offers = services.offers

  init(panes: Panes, services: ServiceSwitch, terminal: TerminalLink, exports: Exporting) {
    self.panes = panes
    self.services = services
    self.terminal = terminal
    self.exports = exports
  }

  func now() -> Date { panes.context.now() }

  private var workspace: Workspace { panes.workspace }

  /// The values that can be chosen for a text, those that it names exactly first.
  func choices(of command: Command, _ text: String) -> [Choice] {
    switch command {
    case .theme: Self.matching(text, themes)
    case .focusClouds: clouds(text)
    case .sort: Self.matching(text, columns(text))
    case .services: Self.matching(text, profiles)
    case .export: files(text)
    default: []
    }
  }

  /// What Tab adds to an argument that is no choice of a list; `nil` if nothing is sure.
  func completion(of command: Command, _ text: String) -> String? {
    command == .filter ? panes.table.vocabulary.completion(ofLastWordIn: text) : nil
  }

  /// What Enter does with the text or with the selected choice, or why it does nothing.
  func explanation(of binding: Binding, _ text: String, _ choice: Choice?) -> String {
    if binding.command == .export { return exports.preview(choice?.text ?? text) }
    let help = binding.argument.map { Self.plain($0.help) } ?? binding.help
    guard choice == nil, !text.isEmpty else { return help }
    return refusal(of: binding.command, text) ?? help
  }

  /// Runs a command with its argument.
  func run(_ command: Command, _ text: String, from palette: PaletteLayer) -> Outcome {
    if let reason = refusal(of: command, text) { return .refused(reason) }
    switch command {
    case .theme:
      guard let theme = Theme(rawValue: text.lowercased()) else { return .refused("Choose a theme.") }
      terminal.host?.setTheme(theme)
      panes.context.notices.say(
        .done, "The theme is \(theme.rawValue) until you quit; theme: \(theme.rawValue) in the settings keeps it.")
    case .focusClouds:
      guard let cloud = workspace.clouds(named: text).first else { return .refused("Choose a cloud.") }
      panes.setFocus(0)
      workspace.clouds.reveal(cloud.id)
    case .sort:
      let isDescending = text.hasPrefix("-")
      panes.table.sort(
        by: RowOrder(column: isDescending ? String(text.dropFirst()) : text, ascending: !isDescending))
    case .services:
      guard let offer = profiles.first(where: { $0.text == text }), let layer = services.list(opening: offer.text)
      else { return .refused("Choose a profile.") }
      return .replace(layer)
    case .filter:
      panes.table.filter(by: text)
      panes.table.sayHiddenMarks()
      if let problem = panes.table.filter.problemText { panes.context.notices.say(.information, problem) }
    case .export: return exports.start(text, from: palette)
    default: return .refused("\(command.rawValue) takes no argument.")
    }
    return .done
  }

  /// Why a text is no argument of a command; `nil` if it is one.
  private func refusal(of command: Command, _ text: String) -> String? {
    switch command {
    case .theme: Self.refusal(of: text, among: themes, "theme", "themes")
    case .services: Self.refusal(of: text, among: profiles, "profile", "profiles")
    case .focusClouds: cloudRefusal(text)
    case .sort: Self.refusal(of: text, among: columns(text), "column", "columns")
    default: nil
    }
  }

  private static func refusal(of text: String, among all: [Choice], _ singular: String, _ plural: String) -> String? {
    let found = matching(text, all)
    if found.count == 1 || found.first?.isExact == true { return nil }
    let names = (found.isEmpty ? all : found).map(\.text).joined(separator: ", ")
    return found.isEmpty
      ? "There is no \(singular) \"\(text)\"; there \(all.count == 1 ? "is" : "are") \(names)."
      : "Several \(plural) begin so: \(names)."
  }

  /// The choices that begin with a text, else those that contain it.
  private static func matching(_ text: String, _ all: [Choice]) -> [Choice] {
    let text = SearchFold.fold(text)
    let named = all.map { ($0, SearchFold.fold($0.text)) }
    let beginning = named.filter { $0.1.hasPrefix(text) }
    return (beginning.isEmpty ? named.filter { $0.1.contains(text) } : beginning)
      .map { choice, name in
        var choice = choice
        choice.isExact = name == text
        return choice
      }
      .enumerated().sorted { ($0.element.isExact ? 0 : 1, $0.offset) < ($1.element.isExact ? 0 : 1, $1.offset) }
      .map(\.element)
  }

  // MARK: The values

  private var themes: [Choice] {
    let present = terminal.host?.theme
    return Theme.allCases.map { theme in
      let detail =
        switch theme {
        case .auto: "dark or light, as the terminal's background"
        case .dark: "for a dark background"
        case .light: "for a light background"
        case .colourBlind: "nothing told by red against green"
        case .none: "no colours"
        }
      let isPresent = theme == present
      return Choice(
        text: theme.rawValue, title: theme.rawValue, detail: detail + (isPresent ? " · now" : ""), isPresent: isPresent)
    }
  }

  /// The columns, each with the sign that the text begins with.
  private func columns(_ text: String) -> [Choice] {
    let (sign, table) = (text.hasPrefix("-") ? "-" : "", panes.table)
    return table.sortColumns.map { column in
      let isPresent = table.order == RowOrder(column: column.id, ascending: sign.isEmpty)
      return Choice(
        text: sign + column.id, title: sign + column.id,
        detail: (sign.isEmpty ? "ascending; a minus before it descends" : "descending") + (isPresent ? " · now" : ""),
        isPresent: isPresent)
    }
  }

  private func clouds(_ text: String) -> [Choice] {
    workspace.clouds(named: text).map { cloud in
      let id = cloud.id.rawValue
      return Choice(
        text: id, title: id, detail: cloud.name,
        isExact: id == text || SearchFold.fold(cloud.name) == SearchFold.fold(text),
        isPresent: cloud.id == workspace.clouds.selection)
    }
  }

  private func cloudRefusal(_ text: String) -> String? {
    let found = clouds(text)
    if found.count == 1 || found.first?.isExact == true { return nil }
    guard !found.isEmpty else {
      let isLoading = workspace.clouds.status.loadingSince != nil
      return "No cloud has the id or the name \"\(text)\"\(isLoading ? " yet: they are still loading." : ".")"
    }
    return
      "\(Count.text(found.count, "cloud", "clouds")) have \"\(text)\" in their names: type more of it, or choose one."
  }

  private var profiles: [Choice] {
    let present = panes.context.service.source
    return offers.map { offer in
      let isPresent = offer.identity.source == present
      return Choice(
        text: offer.title, title: offer.title, detail: offer.address + (isPresent ? " · here" : ""),
        isPresent: isPresent)
    }
  }

  /// The names with each ending, for a name without one.
  private func files(_ text: String) -> [Choice] {
    let name = text.isEmpty ? panes.table.names.plural : text
    guard !name.hasSuffix("/"), ExportFormat.ending(of: name) == nil else { return [] }
    return ExportFormat.allCases.map { format in
      Choice(text: "\(name).\(format.rawValue)", title: "\(name).\(format.rawValue)", detail: Self.detail(of: format))
    }
  }

  private static func detail(of format: ExportFormat) -> String {
    switch format {
    case .csv: "for spreadsheets"
    case .tsv: "columns separated by tabs"
    case .json: "a list of records"
    }
  }

  /// A text of the README without its code quotes.
  private static func plain(_ text: String) -> String { text.replacing("`", with: "") }
}

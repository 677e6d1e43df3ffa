import CloudChanges
import CloudProfiles
import CloudViewModels
import TerminalUI

/// Switches between services, and keeps the unresolved writes of the services that the user left.
@MainActor
final class ServiceSwitch {
  /// The writes that were unresolved when the user left their services.
  private var left = OutstandingChanges.Summary()
  private let directory: (any ServiceDirectory)?
  private let panes: Panes
  private let layers: LayerStack
  private let mouse: PaneMouse
  private let refresh: AutoRefresh

  /// - Parameter directory: the available services; `nil` if there are none.
  init(
    _ directory: (any ServiceDirectory)?, panes: Panes, layers: LayerStack, mouse: PaneMouse, refresh: AutoRefresh
  ) {
    self.directory = directory
    self.panes = panes
    self.layers = layers
    self.mouse = mouse
    self.refresh = refresh
  }

  /// The unresolved writes of the current service and of those that the user left.
  var openChanges: OutstandingChanges.Summary { left + panes.context.changes.outstanding.summary }

  /// Starts the mouse and the automatic refresh for the current service.
  func start() {
    mouse.start()
    refresh.start()
  }

  /// Opens the list of services.
  func openList() {
    if let list = list() { layers.open(list) }
  }

  /// The available services; empty if they can't be read.
  var offers: [ServiceOffer] { (try? directory?.offers()) ?? [] }

  /// The list of services; `nil` if there is none, which is said.
  ///
  /// - Parameter title: the service that it switches to at once.
  func list(opening title: String? = nil) -> ServicesLayer? {
    guard let directory else { return nil }
    let context = panes.context
    do throws(SettingsError) {
      return ServicesLayer(
        try directory.offers(), present: context.service.source, opening: title, context: context,
        make: { [weak self] in self?.profileForm(directory, isFirst: false) },
        go: { [weak self] source throws(SettingsError) in try await self?.go(to: source) })
    } catch {
      context.notices.say(.failure, error.line)
      return nil
    }
  }

  /// Asks for a service if none is configured, and offers the demo.
  ///
  /// - Parameter onLeave: called when the user leaves without choosing one.
  func askForFirst(onLeave: @escaping @MainActor () -> Void) {
    guard let directory else { return }
    let demo = FormLayer.Alternative(key: .control("t"), label: "the demo") { [weak self] in
      guard let self else { return }
      panes.context.activity.run { [weak self] in
        do throws(SettingsError) {
          try await self?.go(to: .demo)
        } catch {
          self?.panes.context.notices.say(.failure, error.line)
        }
      }
    }
    layers.open(FormLayer(profileForm(directory, isFirst: true), alternative: demo, onLeave: onLeave))
  }

  private func profileForm(_ directory: any ServiceDirectory, isFirst: Bool) -> FormModel {
    ProfileForm(services: directory, context: panes.context, isFirst: isFirst) { [weak self] next, notice in
      self?.show(next)
      next.start()
      next.context.notices.say(.done, notice)
    }.model()
  }

  /// Switches to another service once its key has been read. On an error or a cancellation the current one stays.
  private func go(to source: ServiceIdentity.Source) async throws(SettingsError) {
    guard let directory else { return }
    let next = try await directory.open(source)
    // The user cancelled meanwhile.
    guard !Task.isCancelled else { return }
    show(next)
    next.start()
  }

  /// Replaces the workspace. Work that the old one is waiting for is cancelled.
  private func show(_ next: Workspace) {
    let old = panes.workspace
    refresh.stop()
    layers.removeAll()
    next.context.activity.onChange = old.context.activity.onChange
    let open = old.leave()
    left = left + open
    panes.show(next)
    start()
    let notices = next.context.notices
    for change in open.unanswered { notices.say(.unknown, "Not answered, its outcome is unknown: \(change).") }
    for change in open.unsent { notices.say(.failure, "Not sent: \(change).") }
    next.context.activity.changed()
  }
}

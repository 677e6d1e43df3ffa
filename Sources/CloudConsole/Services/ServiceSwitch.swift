import CloudChanges
import CloudProfiles
import CloudViewModels
import TerminalUI

/// Goes from one service to another, and keeps what was not settled where the person left.
@MainActor
final class ServiceSwitch {
  /// The writes that were not settled when their services were left.
  private var left = OutstandingChanges.Summary()
  private let directory: (any ServiceDirectory)?
  private let panes: Panes
  private let layers: LayerStack
  private let mouse: PaneMouse
  private let refresh: AutoRefresh

  /// - Parameter directory: where services are found; `nil` where there are none to go to.
  init(
    _ directory: (any ServiceDirectory)?, panes: Panes, layers: LayerStack, mouse: PaneMouse, refresh: AutoRefresh
  ) {
    self.directory = directory
    self.panes = panes
    self.layers = layers
    self.mouse = mouse
    self.refresh = refresh
  }

  /// The writes that are not settled, here and on the services that were left.
  var openChanges: OutstandingChanges.Summary { left + panes.context.changes.outstanding.summary }

  /// Begins what goes on by itself on the service that is shown.
  func start() {
    mouse.start()
    refresh.start()
  }

  /// Lists the services to go to.
  func openList() {
    guard let directory else { return }
    let context = panes.context
    do throws(SettingsError) {
      let offers = try directory.offers()
      layers.open(
        ServicesLayer(
          offers, present: context.service.source, context: context,
          make: { [weak self] in self?.profileForm(directory, isFirst: false) },
          go: { [weak self] source throws(SettingsError) in try await self?.go(to: source) }))
    } catch {
      context.notices.say(.failure, error.line)
    }
  }

  /// Asks for a service where nothing says which. The demo is a key away.
  ///
  /// - Parameter onLeave: called when the person goes away without one.
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

  /// Shows another service as soon as its key is there. On an error, or when cancelled, the present one stays.
  private func go(to source: ServiceIdentity.Source) async throws(SettingsError) {
    guard let directory else { return }
    let next = try await directory.open(source)
    // Whoever left meanwhile doesn't want to go there any more.
    guard !Task.isCancelled else { return }
    show(next)
    next.start()
  }

  /// Puts another workspace in place of the one shown. What the old one waits for is given up.
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

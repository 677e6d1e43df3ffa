import CloudChanges
import CloudProfiles
import CloudViewModels
import TerminalUI

extension Console {
  /// Lists the services to go to.
  func openServices() {
    guard let services else { return }
    do throws(SettingsError) {
      let offers = try services.offers()
      open(
        ServicesLayer(
          offers, present: context.service.source, context: context,
          make: { [weak self] in self?.profileForm(services, isFirst: false) },
          go: { [weak self] source throws(SettingsError) in try await self?.go(to: source) }))
    } catch {
      context.notices.say(.failure, error.line)
    }
  }

  /// Asks for a service where nothing says which. The demo is a key away.
  ///
  /// - Parameter onLeave: called when the person goes away without one.
  public func askForService(onLeave: @escaping @MainActor () -> Void) {
    guard let services else { return }
    let demo = FormLayer.Alternative(key: .control("t"), label: "the demo") { [weak self] in
      guard let self else { return }
      context.activity.run { [weak self] in
        do throws(SettingsError) {
          try await self?.go(to: .demo)
        } catch {
          self?.context.notices.say(.failure, error.line)
        }
      }
    }
    open(FormLayer(profileForm(services, isFirst: true), alternative: demo, onLeave: onLeave))
  }

  func profileForm(_ services: any ServiceDirectory, isFirst: Bool) -> FormModel {
    ProfileForm(services: services, context: context, isFirst: isFirst) { [weak self] next, notice in
      self?.show(next)
      next.start()
      next.context.notices.say(.done, notice)
    }.model()
  }

  /// Shows another service as soon as its key is there. On an error, or when cancelled, the present one stays.
  private func go(to source: ServiceIdentity.Source) async throws(SettingsError) {
    guard let services else { return }
    let next = try await services.open(source)
    // Whoever left meanwhile doesn't want to go there any more.
    guard !Task.isCancelled else { return }
    show(next)
    next.start()
  }

  /// Puts another workspace in place of this one. What the old one waits for is given up.
  func show(_ next: Workspace) {
    let old = workspace
    stop()
    while !layers.isEmpty { removeTopLayer() }
    next.context.activity.onChange = old.context.activity.onChange
    let left = old.leave()
    leftOpen = leftOpen + left
    workspace = next
    if settings.lowBandwidth { next.isLowBandwidth = true }
    focus = 0
    companion = 1
    scroll = [:]
    anchors = [:]
    filterEditor = nil
    lastClick = nil
    start()
    for change in left.unanswered { context.notices.say(.unknown, "Not answered, its outcome is unknown: \(change).") }
    for change in left.unsent { context.notices.say(.failure, "Not sent: \(change).") }
    context.activity.changed()
  }

  /// The writes that are not settled, here and on the services that were left.
  public var openChanges: OutstandingChanges.Summary { leftOpen + context.changes.outstanding.summary }
}

import CloudChanges
import CloudProfiles
import CloudViewModels
import FoundationEssentials
import TerminalUI

/// The services to switch to. Enter switches as soon as the key of the service has been read.
@MainActor
final class ServicesLayer: Layer {
  private let offers: [ServiceOffer]
  private let present: ServiceIdentity.Source
  private let context: ModelContext
  private let go: @MainActor (ServiceIdentity.Source) async throws(SettingsError) -> Void
  private let make: @MainActor () -> FormModel?
  private var selected: Int
  /// The service whose key is being read.
  private var opening: (offer: ServiceOffer, since: Date, task: Task<Void, Never>)?
  /// The number of times that a service was chosen.
  private var openings = 0
  /// The reason why the last chosen service can't be opened.
  private var problem: String?

  /// - Parameters:
  ///   - present: the current service.
  ///   - title: the service that it switches to at once; `nil` to let the user choose.
  ///   - context: runs the reading of a key.
  ///   - make: returns the form for a new profile.
  ///   - go: switches to a service; throws the reason if that fails.
  init(
    _ offers: [ServiceOffer], present: ServiceIdentity.Source, opening title: String? = nil, context: ModelContext,
    make: @escaping @MainActor () -> FormModel?,
    go: @escaping @MainActor (ServiceIdentity.Source) async throws(SettingsError) -> Void
  ) {
    self.offers = offers
    self.present = present
    self.context = context
    self.make = make
    self.go = go
    let wanted = title.flatMap { title in offers.firstIndex { $0.title == title } }
    selected = wanted ?? offers.firstIndex { $0.identity.source == present } ?? 0
    if wanted != nil { open() }
  }

  func wasRemoved() {
    opening?.task.cancel()
  }

  func handle(_ event: TerminalEvent) -> LayerAnswer {
    if case .keyBehindEscape(let key) = event, opening == nil { move(key) }
    guard case .key(let key) = event else { return .stay }
    if let opening {
      guard [.escape, .control("c")].contains(key) else { return .stay }
      opening.task.cancel()
      self.opening = nil
      return .stay
    }
    switch key {
    case .escape, .control("c"), .character("q"): return .close
    case .enter: open()
    case .character("n"): if let form = make() { return .open(FormLayer(form)) }
    default: move(key)
    }
    return .stay
  }

  /// Puts the cursor on a service; a click on the one under the cursor switches to it.
  func click(_ place: Point) -> LayerAnswer {
    guard opening == nil, offers.indices.contains(place.row) else { return .stay }
    if place.row == selected { open() } else { select(place.row) }
    return .stay
  }

  private func move(_ key: Key) {
    switch key {
    case .down, .character("j"), .tab: select(selected + 1)
    case .up, .character("k"), .backTab: select(selected - 1)
    case .home, .character("g"): select(0)
    case .end, .character("G"): select(offers.count - 1)
    default: break
    }
  }

  private func select(_ index: Int) {
    selected = max(0, min(index, offers.count - 1))
    problem = nil
  }

  private func open() {
    guard offers.indices.contains(selected) else { return }
    let offer = offers[selected]
    problem = nil
    openings += 1
    let task = context.activity.run { [self] in
      do throws(SettingsError) {
        try await go(offer.identity.source)
      } catch {
        guard !Task.isCancelled else { return }
        opening = nil
        problem = error.message
        context.activity.changed()
      }
    }
    opening = (offer, context.now(), task)
  }
}

extension ServicesLayer {
  private static let columns = 74

  func draw(size: Size, textWidth: TextWidth) -> LayerDrawing {
    LayerDrawing(content: content(size: size, textWidth: textWidth))
  }

  private func content(size: Size, textWidth: TextWidth) -> DialogContent {
    let columns = DialogContent.textColumns(wanted: Self.columns, in: size)
    let titleColumns = min(24, offers.map { textWidth.columns(of: $0.title) }.max() ?? 0)
    var lines = offers.enumerated().map { index, offer in
      line(offer, isHere: index == selected, columns, titleColumns, textWidth)
    }
    if let remark {
      lines.append(DialogLine())
      lines += TextWrap.lines(remark.text, columns: columns, textWidth: textWidth).map { DialogLine($0, remark.style) }
    }
    return DialogContent(
      title: "Profiles", lines: lines,
      footer: opening == nil
        ? DialogFooter(
          keys: [KeyHint("Enter", "switch"), KeyHint("n", "new profile")], alternative: KeyHint("Esc", "close"))
        : DialogFooter(alternative: KeyHint("Esc", "cancel")),
      extent: .compact(columns: Self.columns), focusedLine: remark == nil ? selected : lines.count - 1,
      selectedLine: selected, speech: speech)
  }

  private var speech: DialogSpeech {
    var speech = DialogSpeech()
    if let remark { speech.remarks = [DialogSpeech.Remark(remark.text.spokenStatus, occasion: openings)] }
    if offers.indices.contains(selected) {
      let offer = offers[selected]
      let service = offer.identity
      let facts = [
        offer.title, service.label, offer.address, service.isReadOnly ? "read-only" : nil,
        service.source == present ? "here" : nil,
      ]
      speech.focus = DialogSpeech.Focus(
        id: String(selected), text: facts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", "))
    }
    return speech
  }

  private func line(
    _ offer: ServiceOffer, isHere: Bool, _ columns: Int, _ titleColumns: Int, _ textWidth: TextWidth
  ) -> DialogLine {
    let service = offer.identity
    var trailing: [Span] = []
    if service.isReadOnly { trailing.append(Span("read-only", .warning)) }
    if service.source == present { trailing.append(Span("here", .good)) }
    trailing = Array(trailing.map { [$0] }.joined(separator: [Span("  ")]))
    let title = textWidth.truncated(offer.title, to: titleColumns)
    let gap = String(repeating: " ", count: titleColumns - textWidth.columns(of: title) + 2)
    var spans = [Span(isHere ? "▸ " : "  ", .accent), Span(title + gap, isHere ? .strong : .normal)]
    if let label = service.label {
      let style = Style(service.colour?.tone ?? .normal, bold: true, reverse: true)
      spans += [Span(" " + textWidth.truncated(label, to: 16) + " ", style), Span("  ")]
    }
    // The address may be cut; the name and the warnings identify the service.
    let used = (spans + trailing).reduce(2) { $0 + textWidth.columns(of: $1.text) }
    spans.append(Span(textWidth.truncated(offer.address, to: max(0, columns - used)), .muted))
    return DialogLine(spans, trailing: trailing)
  }

  private var remark: (text: String, style: Style)? {
    if let problem { return ("! " + problem, .danger) }
    guard let opening, WaitText.text(since: opening.since, now: context.now()) != nil else { return nil }
    return ("Waiting for the key of \(opening.offer.title)…", .muted)
  }
}

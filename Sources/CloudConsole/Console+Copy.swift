import CloudChanges
import CloudViewModels

extension Console {
  /// Offers fields, row and columns of what is under the cursor.
  func copyValues() {
    let offers = CopyOffer.offers(of: table)
    guard !offers.isEmpty else { return }
    offer(offers, title: "Copy")
  }

  /// Offers the commands for what was done last and for what is marked or under the cursor.
  func copyCommand(about subject: CommandSubject) {
    var offers: [CopyOffer] = []
    if let done = context.lastCommand { offers.append(CopyOffer("Just done", done)) }
    if let shown = table.actions.command(about: subject) {
      offers.append(CopyOffer(subject == .marked ? "Marked" : "Under the cursor", shown))
    }
    offer(offers, title: "Copy as command")
  }

  private func offer(_ offers: [CopyOffer], title: String) {
    open(CopyLayer(offers, title: title, mouse: settings.mouse) { [weak self] in self?.host?.copy($0) ?? .unsupported })
  }
}

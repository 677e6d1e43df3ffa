import CloudAPI

/// Which edition of the API the service speaks.
struct EditionCheck {
  let finding: Finding

  init(_ client: DoctorClient) async {
    if let edition = client.client.configuration.edition.edition {
      finding = .ok("edition found", "\(edition.rawValue), as the settings say.")
      return
    }
    do throws(CloudAPIError) {
      finding =
        if let edition = try await client.client.resolvedEdition() {
          .ok("edition found", "\(edition.rawValue), as its answers tell.")
        } else {
          .warning(
            "edition found", "Nothing tells; it is taken for classic.",
            advice: "Set edition to classic or current if you know it.")
        }
    } catch {
      finding = DoctorText.finding("edition found", error)
    }
  }
}

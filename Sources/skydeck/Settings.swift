import CloudAPI
import CloudCommands
import CloudSimulator
import CloudViewModels

/// What arguments and environment say, checked.
struct Settings {
  /// What is looked at.
  enum Service {
    case demo(BaseURL, Secret)
    case remote(BaseURL, Secret)
  }

  var service: Service
  var workspace = Workspace.Settings()
  var noColor: Bool
  var identity: ServiceIdentity

  init(_ arguments: Skydeck, environment: [String: String]) throws(SettingsError) {
    noColor = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    workspace.redirectURI = environment["SKYDECK_REDIRECT_URI"]
    if let text = environment["SKYDECK_CONCURRENCY"] {
      guard let number = Int(text), (1...256).contains(number) else {
        throw SettingsError("SKYDECK_CONCURRENCY is \"\(text)\": set it to a number from 1 to 256.")
      }
      workspace.sizesAtOnce = number
    }
    let address =
      arguments.service.demo ? "http://localhost" : arguments.service.apiURL ?? environment["SKYDECK_API_URL"] ?? ""
    let key = Secret(arguments.service.demo ? "demo" : environment["SKYDECK_API_KEY"] ?? "")
    guard !address.isEmpty, !key.isEmpty else {
      throw Self.missing(address: address.isEmpty, key: key.isEmpty)
    }
    do throws(BaseURLError) {
      let url = try BaseURL(address)
      service = arguments.service.demo ? .demo(url, key) : .remote(url, key)
      identity =
        arguments.service.demo
        ? ServiceIdentity(name: "Demo (simulated)", source: .demo)
        : ServiceIdentity(
          name: url.port.map { "\(url.host):\($0)" } ?? url.host,
          source: .environment(address: arguments.service.apiURL))
    } catch {
      // Credentials and tokens hide in addresses: one that may hold some isn't repeated.
      let shown = address.contains { "@?#".contains($0) } ? "" : " \"\(address)\""
      throw SettingsError("The address\(shown) in SKYDECK_API_URL (or --api-url) can't be used. \(error.message)")
    }
  }

  private static func missing(address: Bool, key: Bool) -> SettingsError {
    var lines = ["Which service? skydeck needs an address and a key:"]
    if address { lines.append("  export SKYDECK_API_URL=https://api.bimdata.io   (or --api-url URL)") }
    if key {
      lines.append("  export SKYDECK_API_KEY=…                         (never an argument: others could read it)")
    }
    lines.append("To look around without either: skydeck --demo")
    return SettingsError(lines.joined(separator: "\n"))
  }
}

/// What is wrong with the settings, and what to do about it.
struct SettingsError: Error {
  let message: String

  init(_ message: String) {
    self.message = message
  }
}

import CloudAPI
import CloudProfiles
import CloudViewModels

/// Prints the profiles of the configuration file.
struct ProfileListing {
  func run(in session: SettingsSession) throws(CommandFailure) {
    let printer = try RowPrinter(
      [
        .init(id: "name", kind: .name), .init(id: "api_url"), .init(id: "edition", leaves: 2),
        .init(id: "auth", leaves: 1), .init(id: "label", leaves: 4), .init(id: "read_only", leaves: 3),
        .init(id: "default", leaves: 5),
      ], session)
    let configuration = try session.configuration()
    if configuration.profiles.isEmpty, session.format == .table {
      let path = try session.file().path
      let place = configuration.path == nil ? "There is no file \(path)." : "\(path) holds no profile."
      session.errors.line("\(place) Make a profile: skydeck profiles add NAME --api-url URL")
      return
    }
    printer.print(
      configuration.profiles.map { profile in
        [
          .text(profile.name), .text(profile.apiURL.description),
          .text((profile.edition ?? .auto).rawValue), .text(profile.signIn.method.rawValue), .init(profile.label),
          .flag(profile.isReadOnly), .flag(profile.name == configuration.defaultProfile),
        ]
      })
  }
}

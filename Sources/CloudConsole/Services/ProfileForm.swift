import CloudAPI
import CloudChanges
import CloudProfiles
import CloudViewModels

/// Makes the form for a new service: it tests the connection and saves a profile.
@MainActor
struct ProfileForm {
  let services: any ServiceDirectory
  let context: ModelContext
  /// Whether there are no settings yet: then the profile becomes the default.
  let isFirst: Bool
  /// Called with the workspace of the service and a notice.
  let onOpen: @MainActor (Workspace, String) -> Void

  func model() -> FormModel {
    let definition = FormModel.Definition(
      title: isFirst ? "Which service?" : "New profile", verb: "try and save",
      fields: [
        isFirst
          ? FormField(
            id: "api_url", label: "Address", hint: "Tab or Enter takes it; type another over it",
            placeholder: BaseURL.publicAddress)
          : FormField(id: "api_url", label: "Address", hint: "as \(BaseURL.publicAddress)"),
        FormField(id: "auth", label: "Sign in", hint: "how the key is sent", kind: .choice(Self.methods)),
        FormField(id: "key", label: "Key", hint: "kept in a file that only you can read", kind: .secret),
        FormField(id: "name", label: "Name", hint: "the profile's name; empty for the host's name"),
      ],
      values: ["auth": .text(SignInSetting.Method.bearer.rawValue)], stopsWhenLeft: true, check: check,
      remarks: remarks, send: { values, _, report in await send(values, report) })
    return FormModel(definition, context: context)
  }

  private static let methods = [
    Choice(id: SignInSetting.Method.bearer.rawValue, title: "Bearer"),
    Choice(id: SignInSetting.Method.apiKey.rawValue, title: "ApiKey"),
  ]

  private func check(_ values: FormValues) -> [String: String] {
    var problems: [String: String] = [:]
    do throws(BaseURLError) {
      _ = try BaseURL(values.line("api_url"))
      problems["name"] = problem(ofName: name(values))
    } catch {
      problems["api_url"] = error.message
    }
    let key = values["key"]?.secret ?? Secret("")
    if key.isEmpty {
      problems["key"] = "A key is required."
    } else if !key.revealed.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
      problems["key"] = "This is not a key: it contains invalid characters."
    }
    return problems
  }

  private func problem(ofName name: String) -> String? {
    if let reason = Profile.whyNotAName(name) { return reason }
    let isTaken = (try? services.offers())?.contains { $0.identity.profile == name } == true
    return isTaken ? "There is a profile “\(name)” already." : nil
  }

  private func remarks(_ values: FormValues) -> [String: String] {
    guard values.line("name").isEmpty, !name(values).isEmpty else { return [:] }
    return ["name": "empty: \(name(values))"]
  }

  /// The name entered, else the host name.
  private func name(_ values: FormValues) -> String {
    let name = values.line("name")
    return name.isEmpty ? (try? BaseURL(values.line("api_url")))?.host ?? "" : name
  }

  private func profile(_ values: FormValues) throws(SettingsError) -> Profile {
    let url: BaseURL
    do throws(BaseURLError) {
      url = try BaseURL(values.line("api_url"))
    } catch {
      throw SettingsError(error.message)
    }
    let key = SecretSource.inline(values["key"]?.secret ?? Secret(""), in: nil)
    let isBearer = values.line("auth") == SignInSetting.Method.bearer.rawValue
    return try Profile(name: name(values), apiURL: url, signIn: isBearer ? .bearer(key) : .apiKey(key))
  }

  private func send(_ values: FormValues, _ report: (String) -> Void) async -> FormModel.Outcome {
    do throws(SettingsError) {
      let profile = try profile(values)
      report("reading its clouds")
      let finding = try await services.probe(profile)
      // If the user closed the form meanwhile, nothing is saved.
      guard !Task.isCancelled else { return .unchanged }
      let path = try await services.add(profile, isDefault: isFirst)
      onOpen(
        try await services.open(.profile(profile.name)),
        "\(finding.text). Saved as the profile \(profile.name) in \(path).")
      return .done("Saved the profile \(profile.name).")
    } catch {
      return .refused(fields: [:], other: error.message)
    }
  }
}

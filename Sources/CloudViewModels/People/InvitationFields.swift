import CloudAPI
import CloudChanges

/// The fields of forms that invite people, to one cloud or several.
@MainActor
struct InvitationFields {
  /// Whether invitations have a role, as in the current edition.
  let hasRoles: Bool

  var email: FormField {
    let hint = "one or several, separated by comma, semicolon or space"
    let consequence = "; each becomes an administrator"
    return FormField(id: "email", label: "E-mail", hint: hasRoles ? hint : hint + consequence)
  }

  static let redirect = FormField(id: "redirect_uri", label: "Redirect", hint: "page opened after accepting")

  /// The initial values of the platform's own form.
  var roleValues: FormValues {
    hasRoles ? ["role": .text("50"), "in_all_projects": .text("no"), "project_role": .text("50")] : [:]
  }

  var roles: [FormField] {
    guard hasRoles else { return [] }
    return [
      FormField(
        id: "role", label: "Role", hint: "an admin manages the cloud and its people",
        kind: .choice(Self.choices([.admin, .user]))),
      FormField(
        id: "in_all_projects", label: "Projects", hint: "whether they join all projects that the cloud has",
        kind: .choice([Choice(id: "no", title: "none yet"), Choice(id: "yes", title: "all")])),
      FormField(
        id: "project_role", label: "In them", hint: "their role in each of these projects",
        kind: .choice(Self.choices([.admin, .user, .guest])),
        condition: FormField.Condition(field: "in_all_projects", value: "yes")),
    ]
  }

  private static func choices(_ roles: [Role]) -> [Choice] {
    roles.map { Choice(id: String($0.rawValue), title: RoleText.title($0)) }
  }

  /// The invitation of one address.
  func draft(for address: String, redirect: String, _ values: FormValues) -> CloudInvitationDraft {
    var draft = CloudInvitationDraft(email: address, redirectURI: redirect)
    guard hasRoles else { return draft }
    draft.role = role("role", in: values)
    draft.inAllProjects = values.line("in_all_projects") == "yes"
    if draft.inAllProjects == true { draft.projectRole = role("project_role", in: values) }
    return draft
  }

  private func role(_ field: String, in values: FormValues) -> Role? {
    Int(values.line(field)).map(Role.init(rawValue:))
  }

  /// Why addresses can't be invited.
  ///
  /// - Parameter problem: a problem of an address that is valid in itself.
  static func problem(_ addresses: [String], _ problem: (String) -> String? = { _ in nil }) -> String? {
    guard !addresses.isEmpty else { return "An e-mail address is required." }
    // All at once, so that a long list can be corrected at once.
    let problems = addresses.compactMap { address in
      if address.unicodeScalars.count > 256 { return "\(address.prefix(20))… is longer than 256 characters." }
      return EmailList.isAddress(address) ? problem(address) : "\(address) is not an e-mail address."
    }
    return problems.isEmpty ? nil : problems.joined(separator: " ")
  }

  /// Why an address can't be where the e-mails lead to.
  static func redirectProblem(_ address: String) -> String? {
    if address.isEmpty { return "The page that opens after accepting is required." }
    let path = address.prefix { $0 != "?" && $0 != "#" }
    if path.ranges(of: "://").count > 1 { return "These are two addresses in one: Ctrl-U clears the field." }
    return FieldCheck.length(address, atMost: 512, what: "An address")
  }

  /// The counts `2 valid addresses, 1 invalid`; `nil` for a single address, which is still being typed.
  static func peopleText(_ addresses: [String]) -> String? {
    guard addresses.count > 1 else { return nil }
    let valid = addresses.count(where: EmailList.isAddress)
    let invalid = addresses.count - valid
    return [
      valid > 0 ? Count.text(valid, "valid address", "valid addresses") : nil,
      invalid > 0
        ? (valid > 0 ? "\(invalid) invalid" : Count.text(invalid, "invalid address", "invalid addresses")) : nil,
    ].compactMap { $0 }.joined(separator: ", ")
  }

  /// Why a browser may not open an address: the API takes any text, such as an application's own scheme.
  static func schemeRemark(_ redirect: String) -> String? {
    redirect.isEmpty || redirect.hasPrefix("https://")
      ? nil : "it doesn't begin with https://, so a browser may not open it"
  }
}

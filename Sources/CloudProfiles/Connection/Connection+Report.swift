import CloudAPI

extension Connection {
  /// A setting in readable form.
  public struct ReportLine: Hashable, Sendable {
    /// Its name in the file: `api_url`.
    public let name: String
    /// Never a secret.
    public let value: String
    public let origin: SettingOrigin
  }

  /// Every setting that has a value, with its origin.
  public var report: [ReportLine] {
    var lines = [line(.apiURL, apiURL.value, apiURL.origin), line(.auth, signIn.value.method.rawValue, signIn.origin)]
    if case .clientCredentials(let client) = signIn.value {
      lines += [line(.clientID, client.id, signIn.origin), line(.tokenURL, client.tokenURL, signIn.origin)]
      lines += [(.scope, client.scope), (.audience, client.audience)].compactMap { name, value in
        value.map { line(name, $0, signIn.origin) }
      }
    }
    let isClient = signIn.value.method == .clientCredentials
    lines.append(line(isClient ? .clientSecret : .key, "••• \(signIn.value.secretSource)", signIn.origin))
    lines.append(line(.edition, options.edition.value.rawValue, options.edition.origin))
    lines.append(line(.concurrency, options.concurrency.value, options.concurrency.origin))
    lines.append(line(.readOnly, options.isReadOnly.value, options.isReadOnly.origin))
    if options.isLowBandwidth.value {
      lines.append(line(.lowBandwidth, true, options.isLowBandwidth.origin))
    }
    lines += [
      optional(.caFile, options.caFile) { $0 },
      optional(.proxy, options.proxy) { $0.description },
      optional(.timeout, options.timeout) { DurationText.text($0) },
      optional(.redirectURI, options.redirectURI) { $0 },
      optional(.me, options.me) { $0 },
      optional(.refresh, options.refresh) { $0.description },
      optional(.label, options.label) { $0 },
      optional(.colour, options.colour) { $0.rawValue },
    ].compactMap { $0 }
    return lines
  }

  /// The report as a table with three columns; each line ends with a line feed.
  public var reportText: String {
    let width = report.map(\.name.count).max() ?? 0
    let values = report.map(\.value.count).max() ?? 0
    return report.map { line in
      let name = line.name + String(repeating: " ", count: width - line.name.count)
      let value = line.value + String(repeating: " ", count: values - line.value.count)
      return "\(name)  \(value)  \(line.origin)\n"
    }.joined()
  }

  private func line(_ name: SettingName, _ value: some CustomStringConvertible, _ origin: SettingOrigin) -> ReportLine {
    ReportLine(name: name.rawValue, value: HarmlessText.lines(value.description), origin: origin)
  }

  private func optional<Value>(
    _ name: SettingName, _ setting: Setting<Value?>, _ text: (Value) -> String
  ) -> ReportLine? {
    setting.value.map { line(name, text($0), setting.origin) }
  }
}

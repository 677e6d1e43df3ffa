public import CloudAPI
import CloudChanges

/// One field of a form, with its label, hint and kind.
public struct FormField: Hashable, Sendable, Identifiable {
  /// How the field is filled in.
  public enum Kind: Hashable, Sendable {
    /// A line of text.
    case line
    /// An API key or a password, never shown.
    case secret
    /// One of several choices.
    case choice([Choice])
    /// Any number of several choices.
    case picks([Choice])
  }

  /// The field's JSON name, which the API's messages refer to.
  public let id: String
  public let label: String
  /// A hint, shown while the field has no problem.
  public let hint: String
  public let kind: Kind
  /// The value of another field that this field depends on; `nil` if it is always shown.
  public let condition: Condition?
  /// A likely text, shown in an empty line: it isn't typed until the user takes it. Empty for none.
  public let placeholder: String

  /// The value of another field.
  public struct Condition: Hashable, Sendable {
    let field: String
    let value: String

    public init(field: String, value: String) {
      self.field = field
      self.value = value
    }
  }

  public init(
    id: String, label: String, hint: String = "", kind: Kind = .line, condition: Condition? = nil,
    placeholder: String = ""
  ) {
    self.id = id
    self.label = label
    self.hint = hint
    self.kind = kind
    self.condition = condition
    self.placeholder = placeholder
  }

  func isAsked(with values: FormValues) -> Bool {
    condition.map { values.line($0.field) == $0.value } ?? true
  }
}

/// Something to choose in a form.
public struct Choice: Hashable, Sendable, Identifiable {
  public let id: String
  public let title: String

  public init(id: String, title: String) {
    self.id = id
    self.title = title
  }
}

/// What was entered into a field.
public enum FormValue: Hashable, Sendable {
  /// The text of a line, or the id of the choice.
  case text(String)
  /// The ids of the choices picked.
  case picks([String])
  case secret(Secret)

  public var secret: Secret? {
    if case .secret(let secret) = self { secret } else { nil }
  }

  public var text: String {
    if case .text(let text) = self { text } else { "" }
  }

  public var picks: [String] {
    if case .picks(let ids) = self { ids } else { [] }
  }

  var isEmpty: Bool { text.isEmpty && picks.isEmpty && secret?.isEmpty != false }
}

/// What was entered into a form, by the fields' ids.
public typealias FormValues = [String: FormValue]

extension FormValues {
  /// The text of a line without surrounding blanks.
  public func line(_ id: String) -> String {
    self[id]?.text.trimmingBlanks() ?? ""
  }
}

/// Checks of a field's value before it is sent.
public enum FieldCheck {
  /// Checks the API's rule for names and addresses: 1 to `limit` characters, not counting surrounding blanks.
  public static func length(_ text: String, atMost limit: Int, what: String) -> String? {
    let trimmed = text.trimmingBlanks()
    if trimmed.isEmpty { return "\(what) is required." }
    // The service counts code points, as Python does.
    let count = trimmed.unicodeScalars.count
    return count > limit ? "\(count) characters: \(limit) at most." : nil
  }
}

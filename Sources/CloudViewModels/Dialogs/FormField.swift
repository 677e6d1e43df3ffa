public import CloudAPI
import CloudChanges

/// One field of a form: what it asks for and what the API would refuse.
public struct FormField: Hashable, Sendable, Identifiable {
  /// How the field is filled in.
  public enum Kind: Hashable, Sendable {
    /// A line of text.
    case line
    /// A key or a password, which nobody sees.
    case secret
    /// One of several.
    case choice([Choice])
    /// Any number of several.
    case picks([Choice])
  }

  /// The field's name on the wire, by which the API's messages find it.
  public let id: String
  public let label: String
  /// What to know about it, shown while nothing is wrong.
  public let hint: String
  public let kind: Kind
  /// What must be chosen elsewhere for the field to be asked for; `nil` where it always is.
  public let condition: Condition?

  /// The value of another field.
  public struct Condition: Hashable, Sendable {
    let field: String
    let value: String

    public init(field: String, value: String) {
      self.field = field
      self.value = value
    }
  }

  public init(id: String, label: String, hint: String = "", kind: Kind = .line, condition: Condition? = nil) {
    self.id = id
    self.label = label
    self.hint = hint
    self.kind = kind
    self.condition = condition
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
  /// A line's text, or the id of what was chosen.
  case text(String)
  /// The ids of what was picked.
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
  /// A line's text without the blanks around it.
  public func line(_ id: String) -> String {
    self[id]?.text.trimmingBlanks() ?? ""
  }
}

/// What is wrong with a field before anything was sent.
public enum FieldCheck {
  /// The API's rule for names and addresses: from 1 to so many characters, blanks around them not counted.
  public static func length(_ text: String, atMost limit: Int, what: String) -> String? {
    let trimmed = text.trimmingBlanks()
    if trimmed.isEmpty { return "\(what) is required." }
    // The service counts code points, as Python does.
    let count = trimmed.unicodeScalars.count
    return count > limit ? "\(count) characters: \(limit) at most." : nil
  }
}

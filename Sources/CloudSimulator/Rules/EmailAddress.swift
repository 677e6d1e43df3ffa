/// The rule of Django's `EmailValidator`, which Django REST framework's e-mail field applies.
///
/// Quoted local parts and bracketed IP addresses, which Django also accepts, are refused here, because nobody uses them
/// for invitations.
enum EmailAddress {
  /// What is wrong with the text; nil if it is valid.
  static func problem(with text: String) -> String? {
    isValid(text) ? nil : "Enter a valid email address."
  }

  private static func isValid(_ text: String) -> Bool {
    guard let at = text.lastIndex(of: "@") else { return false }
    let local = text[..<at].unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
    let domain = text[text.index(after: at)...]
    return local.allSatisfy { !$0.isEmpty && $0.allSatisfy(isLocal) } && isDomain(domain)
  }

  private static func isLocal(_ scalar: Unicode.Scalar) -> Bool {
    isASCIIAlphanumeric(scalar) || "-!#$%&'*+/=?^_`{}|~".unicodeScalars.contains(scalar)
  }

  /// Labels of letters, digits and inner hyphens; letters of any script, because Django also tries the IDNA form.
  private static func isDomain(_ domain: Substring) -> Bool {
    if domain.lowercased() == "localhost" { return true }
    let labels = domain.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, let top = labels.last, top.count >= 2 || top.contains(where: { !$0.isASCII }) else {
      return false
    }
    return labels.allSatisfy { label in
      !label.isEmpty && label.count <= 63 && label.first != "-" && label.last != "-"
        && label.allSatisfy { $0 == "-" || isASCIIAlphanumeric($0) || !$0.isASCII && isDomainLetter($0) }
    }
  }

  private static func isDomainLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter, .decimalNumber,
      .nonspacingMark, .spacingMark:
      true
    default: false
    }
  }

  private static func isASCIIAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }
}

import HTTPTypes

/// A fault, and the requests that it affects: `NAME[=VALUE][:METHOD][:PATH][:p=P][:n=N][:after=N]`.
///
/// `latency=50`, `429=2:GET:n=3`, `reset-after:PATCH,POST:/cloud/**:p=0.3`.
public struct FaultSpec: Sendable {
  let fault: Fault
  /// Empty for all methods.
  private(set) var methods: Set<HTTPRequest.Method> = []
  private(set) var path = PathPattern.any
  /// The probability for each request that matches.
  private(set) var probability = 1.0
  /// The most requests that it affects.
  private(set) var limit = Int.max
  /// The number of matching requests that are not affected at first.
  private(set) var skipped = 0

  /// Parses one specification; the parts after the name may come in any order, each at most once.
  public init(_ text: String) throws(FaultSpecError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    fault = try Self.fault(parts[0])
    var seen: Set<Substring> = []
    for part in parts.dropFirst() {
      let kind = try read(part)
      guard seen.insert(kind).inserted else { throw FaultSpecError("'\(text)' says its \(kind) twice") }
    }
  }

  func matches(_ request: HTTPRequest) -> Bool {
    (methods.isEmpty || methods.contains(request.method)) && path.matches(request.pathWithoutQuery)
  }

  private static func fault(_ text: Substring) throws(FaultSpecError) -> Fault {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = FaultName.all.first(where: { $0.name == parts[0] }) else {
      throw FaultSpecError(
        "there is no fault '\(parts[0])'; the faults are \(FaultName.all.map(\.synopsis).joined(separator: ", "))")
    }
    guard let placeholder = name.value else {
      if parts.count > 1 { throw FaultSpecError("'\(name.name)' takes no value") }
      return try require(name.fault(""), of: name)
    }
    if parts.count < 2, name.isValueRequired {
      throw FaultSpecError("'\(name.name)' needs a value: \(name.name)=\(placeholder)")
    }
    if parts.count > 1, parts[1].isEmpty { return try require(nil, of: name) }
    return try require(name.fault(parts.count > 1 ? parts[1] : ""), of: name)
  }

  private static func require(_ fault: Fault?, of name: FaultName) throws(FaultSpecError) -> Fault {
    guard let fault else { throw FaultSpecError("the value must be whole numbers as in \(name.synopsis)") }
    return fault
  }

  /// - Returns: the kind of the part.
  private mutating func read(_ part: Substring) throws(FaultSpecError) -> Substring {
    if part.hasPrefix("/") {
      path = try PathPattern(part)
      return "path"
    }
    guard let sign = part.firstIndex(of: "=") else {
      methods = try Self.methods(part)
      return "method"
    }
    let name = part[..<sign]
    let value = part[part.index(after: sign)...]
    switch name {
    case "p":
      guard let number = Double(value), (0...1).contains(number) else {
        throw FaultSpecError("'p' is a probability from 0 to 1, not '\(value)'")
      }
      probability = number
    case "n": limit = try Self.count(value, "n")
    case "after": skipped = try Self.count(value, "after")
    default: throw FaultSpecError("there is no '\(name)='; a fault is chosen by p=P, n=N and after=N")
    }
    return name
  }

  private static func methods(_ part: Substring) throws(FaultSpecError) -> Set<HTTPRequest.Method> {
    if part == "*" { return [] }
    let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete]
    var methods: Set<HTTPRequest.Method> = []
    for name in part.split(separator: ",", omittingEmptySubsequences: false) {
      guard let method = known.first(where: { $0.rawValue == name }) else {
        throw FaultSpecError(
          "'\(part)' is neither methods (\(known.map(\.rawValue).joined(separator: ","))), nor a path, which begins "
            + "with '/', nor p=P, n=N or after=N")
      }
      methods.insert(method)
    }
    return methods
  }

  private static func count(_ text: Substring, _ name: String) throws(FaultSpecError) -> Int {
    guard let number = Int(text), number >= 0 else {
      throw FaultSpecError("'\(name)' is a whole number from 0 on, not '\(text)'")
    }
    return number
  }
}

extension FaultSpec {
  /// The names of all faults.
  public static var names: [String] { FaultName.all.map(\.name) }

  /// The syntax and all names, for a program's help text.
  public static var grammar: String {
    let width = FaultName.all.map { $0.synopsis.count }.max() ?? 0
    let names = FaultName.all.map { name in
      "  \(name.synopsis)\(String(repeating: " ", count: width - name.synopsis.count))  \(name.meaning)"
    }
    return """
      NAME[=VALUE][:METHOD][:PATH][:p=P][:n=N][:after=N], such as 'reset-after:PATCH:/cloud/*:p=0.3'. METHOD is one \
      method or several joined by ','. In PATH, '*' is any one segment, and '**' at the end any number of them. The \
      fault strikes with the probability p, n requests at most, and not the first 'after' of those that match. Of \
      several faults the first that strikes a request is the only one. The names:

      \(names.joined(separator: "\n"))
      """
  }
}

/// A pattern for paths: literal segments, `*` for any one segment, and `**` at the end for any number of them.
struct PathPattern: Hashable, Sendable {
  private let segments: [Substring]
  private let matchesRest: Bool

  /// Every path.
  static let any = PathPattern(segments: [], matchesRest: true)

  private init(segments: [Substring], matchesRest: Bool) {
    self.segments = segments
    self.matchesRest = matchesRest
  }

  /// - Parameter text: begins with a slash.
  init(_ text: Substring) throws(FaultSpecError) {
    var segments = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    let matchesRest = segments.last == "**"
    if matchesRest { segments = segments.dropLast() }
    if segments.contains("**") { throw FaultSpecError("in '\(text)', '**' must be the last segment") }
    if let segment = segments.first(where: { $0 != "*" && $0.contains("*") }) {
      throw FaultSpecError("in '\(text)', '*' must be a whole segment, not a part of '\(segment)'")
    }
    self.init(segments: Array(segments), matchesRest: matchesRest)
  }

  func matches(_ path: Substring) -> Bool {
    let others = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard matchesRest ? others.count >= segments.count : others.count == segments.count else { return false }
    return zip(segments, others).allSatisfy { $0 == "*" ? !$1.isEmpty : $0 == $1 }
  }
}

/// Why a text doesn't specify a fault.
public struct FaultSpecError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and how to correct it.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

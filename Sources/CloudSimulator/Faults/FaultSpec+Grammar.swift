extension FaultSpec {
  /// The grammar and all names, for a program's help text.
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

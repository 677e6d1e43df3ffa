import CloudAPI
import CloudChanges
import CloudViewModels

/// Asks the user on the terminal. The questions go to standard error, so that standard output has only results.
struct Question {
  private let errors: OutputQueue
  private let input: any CommandInput

  /// Begins a question. Input typed before it is discarded.
  init(_ session: some Session) {
    errors = session.errors
    input = session.environment.input
    input.dropTypedAhead()
  }

  func say(_ lines: [String]) {
    for line in lines { errors.line(PlainText.harmless(line)) }
  }

  /// Whether the user typed the name or the words.
  func isAnswered(with text: TypedText, verb: String) async -> Bool {
    let what = text.name.map { "its \($0.title), or \(text.words)," } ?? text.words
    return text.isMet(by: await answer("Type \(what) to \(verb) it: ") ?? "")
  }

  /// Whether the user typed these words.
  func isAnswered(byTyping words: String) async -> Bool {
    await answer("Type \(words) to confirm: ") == words
  }

  /// - Parameter count: how many changes it is about.
  func isAnsweredYes(verb: String, _ count: Int = 1) async -> Bool {
    let what = count == 1 ? "it" : "these \(count)"
    let answer = await answer("\(verb.prefix(1).uppercased() + verb.dropFirst()) \(what)? [y/N] ")
    return ["y", "yes"].contains(answer?.lowercased())
  }

  /// - Returns: the line without surrounding blanks; `nil` at the end of the input, and after Ctrl-C.
  private func answer(_ prompt: String) async -> String? {
    errors.write(prompt)
    await errors.flush()
    return await input.line()?.trimmingBlanks()
  }
}

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
    isMet(text, by: await answer("Type \(text.request()) to \(verb) it: "))
  }

  /// Whether the user typed these words.
  func isAnswered(byTyping words: String) async -> Bool {
    let text = TypedText(words: words)
    return isMet(text, by: await answer("Type \(text.request()) to confirm: "))
  }

  /// Whether the answer is the text; another one is said to be wrong, an empty one declines.
  private func isMet(_ text: TypedText, by answer: String?) -> Bool {
    if let answer, !answer.isEmpty, !text.isMet(by: answer) {
      say([text.name.map { "That is neither the \($0.title) nor “\(text.words)”." } ?? "That is not “\(text.words)”."])
    }
    return text.isMet(by: answer ?? "")
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

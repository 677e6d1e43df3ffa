/// Why a body isn't JSON, in the words of Python's `json` module, which the service passes on.
struct JSONSyntaxError: Error, Hashable {
  let message: String

  init(message: String) {
    self.message = message
  }

  /// A problem at a position of the text, told as `Expecting value: line 1 column 1 (char 0)`.
  init(_ problem: String, at position: Int, of text: [Unicode.Scalar]) {
    let before = text.prefix(position)
    let line = before.count { $0 == "\n" } + 1
    let lineStart = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
    message = "\(problem): line \(line) column \(position - lineStart + 1) (char \(position))"
  }
}

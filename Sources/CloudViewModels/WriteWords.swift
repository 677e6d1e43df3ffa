/// What is said of a write: the one source of it, whether the service answers or reading again finds it done.
struct WriteWords<Record> {
  /// What it is to do: `create cloud "Haussmann Tower"`.
  let description: String
  /// What is said when it is done, given the record as it is then; `nil` where there is none, or where it wasn't seen.
  let done: @MainActor (Record?) -> String

  init(_ description: String, done: @escaping @MainActor (Record?) -> String) {
    self.description = description
    self.done = done
  }
}

/// A write and what is said of it: the one source of it, whether the service answers or reading again finds it done.
struct WriteWords<Record> {
  let write: PlannedWrite
  /// What is said when it is done, given the record as it is then; `nil` where there is none, or where it wasn't seen.
  let done: @MainActor (Record?) -> String

  init(_ write: PlannedWrite, done: @escaping @MainActor (Record?) -> String) {
    self.write = write
    self.done = done
  }
}

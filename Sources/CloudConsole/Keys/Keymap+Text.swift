import TerminalUI

extension Keymap {
  /// A text with the first key of each command that it names in braces: `{create} creates one.` A command without a key
  /// is called by its name.
  func withKeys(_ text: String) -> String {
    // Every frame has such texts: they are read once, brace by brace.
    let parts = text.split(separator: "{", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return text }
    return parts.dropFirst().reduce(into: String(parts[0])) { result, part in
      guard let end = part.firstIndex(of: "}"),
        let binding = bindings.first(where: { $0.command.rawValue == part[..<end] })
      else {
        result += "{" + part
        return
      }
      result += binding.firstKeyText + part[part.index(after: end)...]
    }
  }

  /// The first key of a command, or its name where it has none.
  func keyText(of command: Command) -> String {
    binding(of: command)?.firstKeyText ?? command.rawValue
  }

  /// The keymap as aligned lines, grouped by task, with the names by which a file gives commands other keys: what
  /// `skydeck keys` prints.
  public var plainText: String {
    let keys = bindings.map(\.keyText.count).max() ?? 0
    let names = bindings.map(\.command.rawValue.count).max() ?? 0
    let groups = Binding.Task.allCases.map { task in
      let lines = bindings.filter { $0.task == task }.map { binding in
        "  " + Self.padded(binding.keyText, to: keys + 2) + Self.padded(binding.command.rawValue, to: names + 2)
          + binding.help
      }
      return "\(task.rawValue)\n\(lines.joined(separator: "\n"))\n"
    }
    return groups.joined(separator: "\n")
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: width - text.count)
  }

  /// The keymap as a Markdown table, with the API's operations that a key leads to: what the README shows.
  public var markdown: String {
    let lines = bindings.map { binding in
      let keys = binding.keys.isEmpty ? "`:`" : binding.keys.map { "`\($0.title)`" }.joined(separator: " ")
      let operations = binding.operations.map { "`\($0)`" }.joined(separator: " ")
      return "| \(keys) | \(binding.help) | \(operations) |"
    }
    return "| keys | what it does | operations |\n|---|---|---|\n" + lines.joined(separator: "\n") + "\n"
  }
}

import TerminalUI

extension Keymap {
  /// Replaces each command name in braces by the command's first key: `{create} creates one.` A command without a key
  /// keeps its name.
  func withKeys(_ text: String) -> String {
    // Called for every frame: a single pass over the text.
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

  /// The first key of a command, or its name if it has no key.
  func keyText(of command: Command) -> String {
    binding(of: command)?.firstKeyText ?? command.rawValue
  }

  /// The keymap as aligned lines, grouped by task, with the command names used in settings: the output of `skydeck
  /// keys`.
  public var plainText: String {
    let keys = bindings.map(\.keyText.count).max() ?? 0
    let names = bindings.map(\.usage.count).max() ?? 0
    let groups = Binding.Task.allCases.map { task in
      let lines = bindings.filter { $0.task == task }.map { binding in
        "  " + Self.padded(binding.keyText, to: keys + 2) + Self.padded(binding.usage, to: names + 2)
          + binding.help
      }
      return "\(task.rawValue)\n\(lines.joined(separator: "\n"))\n"
    }
    return groups.joined(separator: "\n")
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: width - text.count)
  }

  /// The keymap as a Markdown table for the README, with the API operations of each command.
  public var markdown: String {
    let lines = bindings.map { binding in
      let keys = binding.keys.isEmpty ? "`:`" : binding.keys.map { "`\($0.title)`" }.joined(separator: " ")
      let operations = binding.operations.map { "`\($0)`" }.joined(separator: " ")
      return "| \(keys) | \(binding.help) | \(operations) |"
    }
    return "| keys | what it does | operations |\n|---|---|---|\n" + lines.joined(separator: "\n") + "\n"
  }

  /// The commands that take an argument in the palette, as a Markdown table for the README.
  public var argumentsMarkdown: String {
    let lines = bindings.compactMap { binding in
      binding.argument.map { "| `:\(binding.command.rawValue) \($0.example)` | \($0.help) |" }
    }
    return "| in the palette | what it does |\n|---|---|\n" + lines.joined(separator: "\n") + "\n"
  }
}

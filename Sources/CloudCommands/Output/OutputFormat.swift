import ArgumentParser

/// In which form a command prints what the API answered.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  case table, json, csv, tsv
}

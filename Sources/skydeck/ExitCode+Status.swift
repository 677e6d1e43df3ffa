import ArgumentParser
import CloudCommands

extension ExitCode {
  init(_ status: ExitStatus) {
    self.init(status.rawValue)
  }
}

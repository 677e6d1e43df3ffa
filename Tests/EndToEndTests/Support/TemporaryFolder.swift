import Glibc
import TerminalTestSupport

/// An empty folder that is deleted with this object, including its content.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/skydeck-story-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TerminalTestError.system(call: "mkdtemp", errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  private static func remove(_ folder: String) {
    for file in files(in: folder) where unlink(file) != 0 { remove(file) }
    rmdir(folder)
  }

  /// The paths of the files in it.
  var files: [String] { Self.files(in: path) }

  private static func files(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var files: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { files.append("\(path)/\(name)") }
    }
    return files
  }
}

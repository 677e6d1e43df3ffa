import Glibc

/// An empty folder that is deleted with this object, including its content.
final class TemporaryFolder {
  struct Failure: Error {
    let call: String
    let number: Int32
  }

  let path: String

  init() throws {
    var template = Array("/tmp/skydeck-profiles-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(call: "mkdtemp", number: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { empty("") }

  private func empty(_ name: String) {
    for entry in (try? names(in: name)) ?? [] where unlink("\(path)/\(name)/\(entry)") != 0 {
      empty("\(name)/\(entry)")
    }
    rmdir("\(path)/\(name)")
  }

  /// Writes a file in the folder and returns its path.
  @discardableResult
  func write(_ text: String, to name: String = "config.yaml", mode: mode_t = 0o600) throws -> String {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure(call: "open", number: errno) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fchmod(descriptor, mode) == 0 else {
      throw Failure(call: "write", number: errno)
    }
    return file
  }

  func text(of name: String = "config.yaml") throws -> String {
    let descriptor = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(call: "open", number: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The permissions of a file in the folder, such as `0o600`.
  func mode(of name: String) throws -> mode_t {
    var status = stat()
    guard lstat("\(path)/\(name)", &status) == 0 else { throw Failure(call: "lstat", number: errno) }
    return status.st_mode & 0o777
  }

  /// The names of the entries of a subfolder.
  func names(in name: String = "") throws -> [String] {
    guard let folder = opendir("\(path)/\(name)") else { throw Failure(call: "opendir", number: errno) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

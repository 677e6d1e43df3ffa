import CloudAPI
import CloudProfiles
import CloudViewModels

#if canImport(Glibc)
  import Glibc
#endif

/// Why a file can't be written, with what to do.
struct ExportProblem: Error, Hashable {
  let message: String

  init(_ message: String) {
    self.message = message
  }
}

/// Where paths that the user types lead.
struct ExportPaths: Hashable, Sendable {
  /// What `~` stands for.
  var home: String?
  /// The directory that relative paths refer to.
  var directory = "."
}

/// The file that an export goes to, as it was when it was looked at.
struct ExportPlace: Hashable, Sendable {
  /// A file that is there.
  struct Present: Hashable, Sendable {
    let device: UInt
    let number: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    init(_ status: stat) {
      (device, number, size) = (UInt(status.st_dev), UInt(status.st_ino), Int(status.st_size))
      (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
  }

  let format: ExportFormat
  /// The path as typed, absolute.
  let path: String
  /// The file that is written: the path, or what a symbolic link there leads to.
  let target: String
  /// What has the name; `nil` if it is free.
  let present: Present?

  /// What the user must agree to, each as a sentence.
  var questions: [String] {
    let link = target == path ? [] : ["\(path) is a symbolic link to \(target)."]
    return link + (present == nil ? [] : ["\(target) exists, and is replaced."])
  }

  /// Why a text names no file that can be written; `nil` if that isn't known without looking.
  static func refusal(of typed: String) -> String? {
    let formats = ExportFormat.allCases.map { ".\($0.rawValue)" }
    let known = formats.dropLast().joined(separator: ", ") + " or " + (formats.last ?? "")
    guard !typed.isEmpty else { return "Type the name of a file that ends in \(known)." }
    guard !typed.hasSuffix("/") else { return "\(typed) is a folder: name a file in it that ends in \(known)." }
    guard ExportFormat(endingOf: typed) == nil else { return nil }
    let ending = ExportFormat.ending(of: typed).map { ".\($0) can't be written" } ?? "The name has no ending"
    return "\(ending): a file that ends in \(known) can."
  }

  /// Looks at the place, off the main actor: folders may be far away.
  @concurrent
  static func look(at typed: String, from paths: ExportPaths) async throws(ExportProblem) -> ExportPlace {
    guard let format = ExportFormat(endingOf: typed) else { throw ExportProblem(refusal(of: typed) ?? "") }
    let path: String
    do throws(SettingText.Rejection) {
      path = try PathExpansion(home: paths.home, directory: paths.directory)(typed)
    } catch {
      throw ExportProblem("\(error.advice): nothing was written.".firstCapital)
    }
    var status = stat()
    guard lstat(path, &status) == 0 else {
      guard errno == ENOENT else { throw Self.problem(errno, path) }
      return try unused(path, at: path, format)
    }
    var target = path
    if status.st_mode & S_IFMT == S_IFLNK {
      guard let resolved = Self.resolved(path) else { throw Self.problem(errno, path) }
      target = resolved
      guard stat(target, &status) == 0 else {
        guard errno == ENOENT else { throw Self.problem(errno, target) }
        return try unused(target, at: path, format)
      }
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw ExportProblem(
        isFolder
          ? "\(path) is a folder: name a file in it." : "\(path) is not a file that can be replaced: name another one.")
    }
    return ExportPlace(format: format, path: path, target: target, present: Present(status))
  }

  /// A place where there is no file yet, in a folder that there is.
  private static func unused(
    _ target: String, at path: String, _ format: ExportFormat
  ) throws(ExportProblem) -> ExportPlace {
    var status = stat()
    guard stat(PathExpansion.directory(of: target), &status) == 0 else { throw problem(errno, target) }
    return ExportPlace(format: format, path: path, target: target, present: nil)
  }

  /// What a link leads to; `nil` if it can't be followed. What it leads to need not exist.
  private static func resolved(_ path: String) -> String? {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    guard errno == ENOENT else { return nil }
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = readlink(path, &buffer, buffer.count)
    guard count > 0 else { return nil }
    let text = String(decoding: buffer[..<count], as: UTF8.self)
    return text.hasPrefix("/") ? text : PathExpansion.directory(of: path) + "/" + text
  }

  /// Creates the file under another name, off the main actor.
  @concurrent
  func create() async throws(ExportProblem) -> FileReplacement {
    do throws(FileReplacement.Failure) {
      return try FileReplacement(of: target)
    } catch {
      throw Self.problem(error.number, target)
    }
  }

  /// Writes the rows and gives the file its name, off the main actor, unless something else has taken the name since
  /// the user was asked.
  @concurrent
  func write(_ export: TableExport, to file: FileReplacement) async throws(ExportProblem) {
    do throws(FileReplacement.Failure) {
      try export.make(format) { bytes throws(FileReplacement.Failure) in try file.write(bytes) }
      try file.synchronize()
      var status = stat()
      if let present {
        guard lstat(target, &status) != 0 || Present(status) == present else {
          throw FileReplacement.Failure(step: .place, number: EEXIST)
        }
        try file.place()
      } else {
        try file.place(replacing: .nothing)
      }
    } catch {
      throw Self.problem(error.number, target)
    }
  }

  /// What an error of the system means here.
  static func problem(_ number: Int32, _ target: String) -> ExportProblem {
    let folder = PathExpansion.directory(of: target)
    let text =
      switch number {
      case ENOENT: "There is no folder \(folder): make it, or name a file elsewhere."
      case ENOTDIR: "\(folder) is not a folder: name a file elsewhere."
      case EACCES, EPERM: "You may not write in \(folder): name a file elsewhere."
      case EROFS: "\(folder) can only be read: name a file elsewhere."
      case ENOSPC, EDQUOT: "\(folder) has no room left, and nothing was kept: make room, or name a file elsewhere."
      case EFBIG: "The file would be larger than files may be here: filter the list, or name a file elsewhere."
      case ENAMETOOLONG: "The name is too long: take a shorter one."
      case ELOOP: "\(target) is a link that leads nowhere: name another file."
      case EEXIST: "\(target) was made or changed meanwhile, so it was left as it is: try again."
      default: "\(target) can't be written: \(String(cString: strerror(number)))."
      }
    return ExportProblem(text)
  }
}

extension String {
  fileprivate var firstCapital: String { prefix(1).uppercased() + dropFirst() }
}

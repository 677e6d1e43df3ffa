import Glibc

/// The resources that a process has used, from `/proc`, to check from outside that it does nothing at idle.
public struct ProcessUsage: Hashable, Sendable {
  /// Processor time in clock ticks (usually 10 ms), in user and system mode.
  public var processorTicks: Int
  /// Processor time of its living threads, in nanoseconds.
  public var processorTime: Duration
  /// Context switches of its living threads.
  public var contextSwitches: Int
  /// The peak of its memory in bytes (`VmHWM`), including shared libraries.
  public var peakMemory: Int
  /// Its memory in bytes now (`VmRSS`).
  public var memory: Int
  public var threadCount: Int
  /// The number of open file descriptors.
  public var descriptorCount: Int

  /// Nil if the process no longer exists.
  public init?(of process: pid_t) {
    guard let stat = Self.text(of: "/proc/\(process)/stat"), let name = stat.lastIndex(of: ")") else { return nil }
    // The fields from the third on; the second is a name that may contain anything.
    let fields = stat[name...].split(separator: " ").dropFirst()
    guard fields.count > 13, let user = Int(fields[fields.startIndex + 11]),
      let kernel = Int(fields[fields.startIndex + 12])
    else { return nil }
    processorTicks = user + kernel
    let threads = Self.threads(of: process)
    contextSwitches = threads.reduce(0) { $0 + Self.switches(of: $1, in: process) }
    processorTime = threads.reduce(.zero) { $0 + Self.processorTime(of: $1, in: process) }
    peakMemory = Self.memory("VmHWM:", of: process)
    memory = Self.memory("VmRSS:", of: process)
    threadCount = threads.count
    descriptorCount = Self.numbers(in: "/proc/\(process)/fd").count
  }

  private static func threads(of process: pid_t) -> [String] {
    numbers(in: "/proc/\(process)/task")
  }

  /// The names in a folder that are numbers.
  private static func numbers(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if Int(name) != nil { names.append(name) }
    }
    return names
  }

  private static func switches(of thread: String, in process: pid_t) -> Int {
    let status = text(of: "/proc/\(process)/task/\(thread)/status") ?? ""
    return status.split(separator: "\n").filter { $0.contains("ctxt_switches") }
      .compactMap { line in line.split(separator: "\t").last.flatMap { Int($0) } }.reduce(0, +)
  }

  private static func processorTime(of thread: String, in process: pid_t) -> Duration {
    // Time on a processor, time waiting for one, number of time slices.
    let statistics = text(of: "/proc/\(process)/task/\(thread)/schedstat") ?? ""
    return .nanoseconds(statistics.split(separator: " ").first.flatMap { Int($0) } ?? 0)
  }

  /// - Parameter name: the name of the line in `status`, whose unit is KiB.
  private static func memory(_ name: String, of process: pid_t) -> Int {
    let status = text(of: "/proc/\(process)/status") ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return line.flatMap { $0.split(whereSeparator: { " \t".contains($0) }).dropFirst().first }
      .flatMap { Int($0) }.map { $0 * 1024 } ?? 0
  }

  private static func text(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 8192) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

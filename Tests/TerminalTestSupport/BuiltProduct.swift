import Glibc

/// The locations of the package's programs.
public enum BuiltProduct {
  /// The path of a program in the same build folder as the running one.
  public static func path(of name: String) -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { path in
        path.baseAddress.map { readlink("/proc/self/exe", $0, path.count) } ?? 0
      }
    }
    let own = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    let folder = own.lastIndex(of: "/").map { own[..<$0] } ?? "."
    return "\(folder)/\(name)"
  }
}

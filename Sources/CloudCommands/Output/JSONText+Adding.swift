import CloudAPI

extension JSONText {
  /// This object with `size` as its last member: the one thing that `--sizes` adds to what the API said of a cloud.
  func addingSize(_ size: JSONText?) -> [UInt8] {
    guard bytes.last == UInt8(ascii: "}") else { return bytes }
    let separator = bytes.count > 2 ? "," : ""
    return bytes.dropLast() + Array("\(separator)\"size\":".utf8) + (size?.bytes ?? Array("null".utf8))
      + [UInt8(ascii: "}")]
  }
}

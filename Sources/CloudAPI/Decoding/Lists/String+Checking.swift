extension String {
  /// Text in UTF-8; `nil` where the bytes are none. Most text is ASCII, which needs no further look.
  init?(checking bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.reduce(0, |) >= 0x80 else {
      self.init(decoding: bytes, as: UTF8.self)
      return
    }
    guard let text = try? UTF8Span(validating: bytes.span) else { return nil }
    self.init(copying: text)
  }
}

import CloudSimulator
import Hummingbird
import NIOCore

extension ResponseBody {
  /// The body of an answer as it is to be delivered: whole, cut off, slowly or for ever; nil where nothing is.
  init?(of answer: SimulatorResponse, on connection: Connection) {
    let bytes = answer.body
    switch answer.delivery {
    case .whole:
      self.init(bytes)
    case .truncated(let count):
      self.init(contentLength: bytes.count) { writer in
        try await writer.write(ByteBuffer(bytes: bytes.prefix(max(count, 0))))
        await connection.close()
      }
    case .dripping(let count, let pause):
      self.init(contentLength: bytes.count) { writer in
        var left = bytes[...]
        while !left.isEmpty {
          try await Task.sleep(for: pause)
          try await writer.write(ByteBuffer(bytes: left.prefix(count)))
          left = left.dropFirst(count)
        }
        try await writer.finish(nil)
      }
    case .endless:
      self.init { writer in
        try await writer.write(ByteBuffer(bytes: bytes.dropLast()))
        let filler = ByteBuffer(repeating: UInt8(ascii: " "), count: 64 * 1024)
        // Ends when the other end closes the connection: writing throws then.
        while true { try await writer.write(filler) }
      }
    case .lost, .never, .refused:
      return nil
    }
  }

  /// A body that is there already.
  init(_ bytes: [UInt8]) {
    self = bytes.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
  }
}

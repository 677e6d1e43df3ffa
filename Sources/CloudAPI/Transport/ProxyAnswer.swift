import FoundationEssentials
import NIOCore
import NIOPosix

/// The response of a proxy that refuses to connect.
///
/// The HTTP client doesn't report it, so the proxy is asked once more. That is safe: it opened no tunnel, and no part
/// of a request was sent.
struct ProxyAnswer {
  /// The end of a sentence that begins with the proxy.
  let text: String

  private static let timeLimit = TimeAmount.seconds(2)
  /// The most bytes that are read.
  private static let limit = 8192
  /// The most characters of its message that are repeated.
  private static let longest = 100

  /// - Returns: `nil` if the proxy now opens a tunnel, or doesn't respond.
  init?(of proxy: HTTPProxy, to host: String, port: Int) async {
    let authorization = proxy.user.map { user in
      Secret(Data("\(user):\(proxy.password?.revealed ?? "")".utf8).base64EncodedString())
    }
    let fields = ["Host: \(host):\(port)"] + (authorization.map { ["Proxy-Authorization: Basic \($0.revealed)"] } ?? [])
    let request = "CONNECT \(host):\(port) HTTP/1.1\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
    guard let bytes = await Self.answer(of: proxy, to: request) else { return nil }
    self.init(
      bytes, hasCredentials: authorization != nil,
      secrets: KnownSecrets([proxy.password, authorization].compactMap(\.self)))
  }

  /// - Parameter bytes: the response, as far as it was received.
  private init?(_ bytes: [UInt8], hasCredentials: Bool, secrets: KnownSecrets) {
    guard !bytes.isEmpty else { return nil }
    guard let message = Message(bytes) else {
      text = "gave a response that isn't HTTP"
      return
    }
    switch message.status {
    case 200..<300 where message.body.isEmpty: return nil
    case 407:
      text =
        hasCredentials
        ? "rejected the user name and password (407)" : "requires a user name and password (407)"
    default:
      let said = ErrorText.text(of: message.body, mediaType: nil) ?? message.reason
      let shown = PlainText.harmless(String(secrets.masked(in: said).prefix(Self.longest)))
      text = "answered \(message.status)" + (shown.isEmpty ? "" : " (\(shown))") + " instead of connecting"
    }
  }

  private static func answer(of proxy: HTTPProxy, to request: String) async -> [UInt8]? {
    let promise = HTTPTransport.eventLoops.next().makePromise(of: [UInt8].self)
    let channel: any Channel
    do {
      channel = try await ClientBootstrap(group: promise.futureResult.eventLoop).connectTimeout(timeLimit)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(Collector(promise, limit: limit))
          }
        }
        .connect(host: proxy.host, port: proxy.port).get()
    } catch {
      promise.fail(error)
      return nil
    }
    let timer = channel.eventLoop.scheduleTask(in: timeLimit) { channel.close(promise: nil) }
    defer { timer.cancel() }
    channel.writeAndFlush(ByteBuffer(string: request), promise: nil)
    return await withTaskCancellationHandler {
      try? await promise.futureResult.get()
    } onCancel: {
      channel.close(promise: nil)
    }
  }
}

extension ProxyAnswer {
  /// An HTTP response, parsed by hand: for NIO's decoder, the body of a response to CONNECT is no part of it.
  fileprivate struct Message {
    let status: Int
    let reason: String
    let body: Data
    /// Whether the body is complete, as far as its length is known.
    let isWhole: Bool

    /// - Returns: `nil` if the bytes don't begin as a response.
    init?(_ bytes: [UInt8]) {
      let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
      let end = text.firstRange(of: "\n\n")
      let lines = text[..<(end?.lowerBound ?? text.endIndex)].split(separator: "\n", omittingEmptySubsequences: false)
      let words = (lines.first ?? "").split(separator: " ", maxSplits: 2)
      guard words.count >= 2, words[0].hasPrefix("HTTP/1."), words[1].count == 3, let status = Int(words[1]),
        status >= 100
      else { return nil }
      self.status = status
      reason = words.count == 3 ? String(words[2]) : ""
      let body = Data((end.map { text[$0.upperBound...] } ?? "").utf8)
      self.body = body
      let length = lines.dropFirst().lazy.compactMap { line in
        let parts = line.split(separator: ":", maxSplits: 1)
        return parts.count == 2 && parts[0].lowercased() == "content-length" ? Int(parts[1].drop { $0 == " " }) : nil
      }.first
      isWhole = end != nil && (length.map { body.count >= $0 } ?? (200..<300).contains(status))
    }
  }
}

/// Collects bytes until there are enough or the connection ends.
private final class Collector: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let promise: EventLoopPromise<[UInt8]>
  private let limit: Int
  private var bytes: [UInt8] = []

  init(_ promise: EventLoopPromise<[UInt8]>, limit: Int) {
    self.promise = promise
    self.limit = limit
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    bytes += unwrapInboundIn(data).readableBytesView
    if bytes.count >= limit || ProxyAnswer.Message(bytes)?.isWhole == true { context.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    promise.succeed(bytes)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

import FoundationEssentials
import HTTPTypes

/// One attempt at a request: sends it, follows redirects and reads the response completely within one time limit.
struct Exchange: Sendable {
  let transport: any Transport
  let request: TransportRequest
  /// In bytes, for the body of a successful response; other bodies are cut at this limit.
  let bodyLimit: Int
  /// Whether the body of a successful response is ignored, so that losing it doesn't matter.
  let ignoresBody: Bool
  /// Takes the body of a successful response as it arrives; without a receiver the body is kept.
  var receiver: (any BodyReceiver)?

  /// Why there is no response.
  enum Failure: Error {
    case cancelledBeforeSending
    case transport(TransportError)
    case redirect(location: String, reason: String?)
    case bodyTooLarge
    case unreadable(reason: String)
  }

  /// Runs the exchange; ends it when the time limit has passed or the calling task is cancelled.
  func run(clock: any Clock<Duration>) async throws(Failure) -> Answer {
    let limit = request.timeLimit
    let result = await withTaskGroup(of: Result<Answer, Failure>?.self) { group in
      group.addTask {
        do throws(Failure) {
          return .success(try await follow())
        } catch {
          return .failure(error)
        }
      }
      group.addTask {
        try? await clock.sleep(for: limit)
        return nil
      }
      var isTimeUp = false
      while let next = await group.next() {
        if let result = next {
          group.cancelAll()
          return isTimeUp ? result.mapError(\.afterTimeLimit) : result
        }
        // The timer ended. It also ends when the caller is cancelled; the exchange then ends by itself.
        isTimeUp = !Task.isCancelled
        group.cancelAll()
      }
      return .failure(.transport(.cancelled))
    }
    return try result.get()
  }

  private func follow() async throws(Failure) -> Answer {
    var request = request
    var redirects = 0
    while true {
      guard !Task.isCancelled else {
        throw redirects == 0 ? .cancelledBeforeSending : .transport(.cancelled)
      }
      let response: TransportResponse
      do {
        response = try await transport.send(request)
      } catch .notConnected where Task.isCancelled && redirects == 0 {
        throw .cancelledBeforeSending
      } catch {
        throw .transport(error)
      }
      guard response.head.status.kind == .redirection else {
        let (body, size) = try await read(response)
        return Answer(head: response.head, body: body, bodySize: size)
      }

      let location = response.head.headerFields[.location] ?? ""
      guard !location.isEmpty, request.head.method == .get,
        [301, 302, 303, 307, 308].contains(response.head.status.code)
      else {
        throw .redirect(location: location, reason: nil)
      }
      redirects += 1
      guard redirects <= Redirect.limit else {
        throw .redirect(location: location, reason: "more than \(Redirect.limit) redirects")
      }
      do {
        request.head = try Redirect.follow(request.head, to: location)
      } catch {
        throw .redirect(location: location, reason: error.reason)
      }
    }
  }

  private func read(_ response: TransportResponse) async throws(Failure) -> (body: Data, size: Int) {
    let isBodyNeeded = response.head.status.kind == .successful && !ignoresBody
    if isBodyNeeded, let coding = response.head.headerFields[.contentEncoding], coding.lowercased() != "identity" {
      throw .unreadable(reason: "the response is compressed (\(coding)), which was not requested")
    }
    let announced = response.head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
    guard announced <= bodyLimit || !isBodyNeeded else { throw .bodyTooLarge }

    let receiver = isBodyNeeded ? receiver : nil
    var body = Data()
    var size = 0
    var mark = ByteOrderMark()
    if receiver == nil { body.reserveCapacity(min(max(announced, 0), bodyLimit)) }
    var chunks = response.body.makeAsyncIterator()
    while true {
      let chunk: [UInt8]?
      do {
        chunk = try await chunks.next()
      } catch {
        // The status alone tells the outcome, unless the caller or the time limit ended the reading.
        if !isBodyNeeded, case .connectionLost = error { return (body, size) }
        throw .transport(error)
      }
      if let chunk, size + chunk.count > bodyLimit {
        if isBodyNeeded { throw .bodyTooLarge }
        return (body, size)
      }
      size += chunk?.count ?? 0
      let content = chunk.map { mark.removed(from: $0) }
      if let receiver {
        do throws(UnreadableAnswer) {
          try receiver.read(content)
        } catch {
          throw .unreadable(reason: error.reason)
        }
      } else if let content {
        body.append(contentsOf: content)
      }
      guard chunk != nil else { return (body, size) }
    }
  }
}

extension Exchange.Failure {
  /// A copy with secrets masked in the location of a redirect, of which only a part is shown.
  func masked(_ secrets: KnownSecrets) -> Exchange.Failure {
    guard case .redirect(let location, let reason) = self else { return self }
    return .redirect(location: secrets.masked(in: location), reason: reason)
  }

  /// The failure of an exchange that was cancelled because its time limit had passed.
  fileprivate var afterTimeLimit: Exchange.Failure {
    switch self {
    case .cancelledBeforeSending: .transport(.notConnected(reason: "no connection was made in time"))
    case .transport(.cancelled): .transport(.timedOut)
    default: self
    }
  }
}

extension HTTPFields {
  /// The header fields of every request. Compression is refused: a small response may unpack to any size.
  static func common(userAgent: String) -> HTTPFields {
    [.accept: "application/json", .acceptEncoding: "identity", .userAgent: userAgent]
  }
}

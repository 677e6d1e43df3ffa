public import HTTPTypes

extension Simulator {
  /// Responds to requests about the simulator itself, for tests in other processes; they need no key.
  ///
  /// `GET /_simulator/requests` lists ``requests``, `GET /_simulator/emails` what invitations have sent,
  /// `GET /_simulator/tokens` counts the tokens, and `DELETE /_simulator/tokens` revokes them.
  ///
  /// - Returns: nil for any other path.
  public func controlResponse(to request: HTTPRequest) -> SimulatorResponse? {
    let reply: Reply
    switch (request.method, request.pathWithoutQuery) {
    case (.get, "/_simulator/requests"): reply = .ok(requests)
    case (.get, "/_simulator/emails"): reply = .ok(sentEmails)
    case (.get, "/_simulator/tokens"): reply = .ok(TokenCount(issued: tokensIssued))
    case (.delete, "/_simulator/tokens"):
      revokeTokens()
      reply = .noContent
    default: return nil
    }
    return SimulatorResponse(reply, to: request, edition: edition, isOdd: isOdd, fault: nil)
  }

  private var sentEmails: [SentEmails] {
    clouds.flatMap { cloud in
      cloud.emailsSent.sorted { $0.key < $1.key }
        .map { SentEmails(cloud: cloud.record.id, address: $0.key, count: $0.value) }
    }
  }
}

extension RecordedRequest: JSONWritable {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.field("method", method.rawValue)
      object.field("path", path)
      object.field("status", status?.code)
      object.field("applied", isApplied)
      object.field("authorization_scheme", authorizationScheme)
    }
  }
}

/// How many e-mails the invitations to a cloud have sent to one address.
private struct SentEmails: JSONWritable {
  let cloud: Int
  let address: String
  let count: Int

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.field("cloud", cloud)
      object.field("email", address)
      object.field("count", count)
    }
  }
}

private struct TokenCount: JSONWritable {
  let issued: Int

  func write(to writer: inout JSONWriter) {
    writer.object { $0.field("issued", issued) }
  }
}

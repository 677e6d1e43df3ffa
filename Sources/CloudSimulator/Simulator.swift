public import FoundationEssentials
public import HTTPTypes

/// Serves the cloud API from memory, in either edition and as strictly as the real service, and the token endpoint of
/// its identity server.
///
/// It uses no sockets: ``SimulatorTransport`` connects it to a client in the same process, `skydeck-simulator` serves
/// it over HTTP. Operations are carried out one after the other, in the order in which requests arrive.
///
/// Its own rules, where BIMData documents none: addresses of invitations and members are compared without regard to
/// case; an invitation that exists already is not changed, and only its e-mail is sent again; a processor's parents are
/// in its own cloud and never form a cycle; deleting a processor removes it from its children's parents; in the current
/// edition, a key that is no administrator of a cloud can't change anything in it.
public actor Simulator {
  /// How many bytes `create-demo` adds to its cloud.
  public static let demoProjectSize = 163_577_856

  /// The edition that it serves.
  let edition: Edition

  var clouds: [CloudState]
  var nextCloudID: Int
  var nextInvitationID: Int
  var nextProcessorID: Int
  var nextProjectID: Int

  var credentials: Credentials
  let freeClouds: Int?
  let isOdd: Bool
  let now: @Sendable () -> Date

  private var log = RequestLog()
  private var faults: (@Sendable (HTTPRequest) -> Fault?)?
  private var plan = FaultPlan.none

  /// - Parameters:
  ///   - data: the initial clouds.
  ///   - key: the only valid key; if nil, any key is valid, but a key is still required.
  ///   - edition: the edition that it serves.
  ///   - freeClouds: how many clouds the platform itself pays for, including those of `data`, before the current
  ///     edition responds with 402; nil for no limit.
  ///   - now: the time of new and changed records.
  public init(
    data: DataSet = .demo, key: String? = nil, edition: Edition = .classic, freeClouds: Int? = nil,
    now: @escaping @Sendable () -> Date = { Date.now }
  ) {
    let keys = key.map { [AccessKey($0)] } ?? []
    self.init(data: data, access: Access(keys: keys), edition: edition, freeClouds: freeClouds, now: now)
  }

  /// - Parameters:
  ///   - data: the initial clouds.
  ///   - access: the valid keys and clients, and their scopes.
  ///   - edition: the edition that it serves.
  ///   - freeClouds: how many clouds the platform itself pays for, including those of `data`, before the current
  ///     edition responds with 402; nil for no limit.
  ///   - now: the time of new and changed records, by which tokens also expire.
  public init(
    data: DataSet = .demo, access: Access, edition: Edition = .classic, freeClouds: Int? = nil,
    now: @escaping @Sendable () -> Date = { Date.now }
  ) {
    self.edition = edition
    clouds = data.clouds
    nextCloudID = (data.clouds.map(\.record.id).max() ?? 0) + 1
    nextInvitationID = (data.clouds.flatMap(\.invitations).map(\.id).max() ?? 0) + 1
    nextProcessorID = (data.clouds.flatMap(\.processors).map(\.id).max() ?? 0) + 1
    nextProjectID = 1
    credentials = Credentials(access)
    self.freeClouds = freeClouds
    isOdd = data.isOdd
    self.now = now
  }

  /// Responds to one request.
  ///
  /// - Parameter body: the complete body; empty if the request has none.
  /// - Returns: the response, and how and when the caller must deliver it.
  public nonisolated func respond(to request: HTTPRequest, body: [UInt8]) async -> SimulatorResponse {
    let outcome = await answer(request, body: body)
    // Encoded here, not on the actor, so that a list of 28 MB doesn't block other requests.
    return SimulatorResponse(
      outcome.reply, to: request, edition: edition, isOdd: isOdd, fault: outcome.fault, number: outcome.number)
  }

  /// Starts the work that follows the delivery of a response; the caller that delivered it calls this.
  ///
  /// - Parameter clock: measures the delay.
  public nonisolated func begin(
    _ late: SimulatorResponse.LateWork, of request: HTTPRequest, body: [UInt8],
    clock: any Clock<Duration> = ContinuousClock()
  ) {
    Task {
      try await clock.sleep(for: late.rest)
      await carryOut(request, body: body, number: late.number)
    }
  }

  /// Sets a hook that decides the fault of each request; nil, or a hook that returns nil, means no fault.
  ///
  /// The hook is called once for each request, before it is carried out.
  public func setFaults(_ hook: (@Sendable (HTTPRequest) -> Fault?)?) {
    faults = hook
  }

  /// Sets the faults for further requests for which the hook of ``setFaults(_:)`` returns nil.
  public func setFaultPlan(_ plan: FaultPlan) {
    self.plan = plan
  }

  /// The last 10,000 requests that arrived, the oldest first, each with the status of its response.
  public var requests: [RecordedRequest] {
    log.requests
  }

  /// How many of ``requests`` had this method and path, without the query.
  public func requestCount(_ method: HTTPRequest.Method, _ path: String) -> Int {
    log.requests.count { $0.method == method && $0.path == path }
  }

  /// How many e-mails invitations to a cloud have sent to an address, compared without regard to case.
  public func emailsSent(to address: String, in cloud: Int) -> Int {
    clouds.first { $0.record.id == cloud }?.emailsSent[address.lowercased()] ?? 0
  }

  /// The current time, in the form of records.
  var timestamp: Timestamp {
    Timestamp(now())
  }

  private func answer(_ request: HTTPRequest, body: [UInt8]) -> (reply: Reply, fault: Fault?, number: Int) {
    let fault = faults?(request) ?? plan.fault(for: request)
    if fault == .refusedConnection { return (.noContent, fault, 0) }
    if fault == .revokedTokens { revokeTokens() }
    if fault == .vanished { vanish(request) }
    let carriedOut = fault?.carriesOut == false ? nil : carryOut(request, body: body)
    let reply = fault?.replacement ?? carriedOut ?? .noContent
    let number = log.record(
      request, status: fault?.losesAnswer == true ? nil : reply.status,
      isApplied: carriedOut?.status.kind == .successful)
    return (reply, fault, number)
  }

  private func carryOut(_ request: HTTPRequest, body: [UInt8], number: Int) {
    if carryOut(request, body: body).status.kind == .successful { log.wasApplied(number) }
  }

  /// Handles a request in the framework's order: the path, the key, the method, and then the operation: its target, its
  /// body, its rules.
  private func carryOut(_ request: HTTPRequest, body: [UInt8]) -> Reply {
    guard let route = Route(path: request.pathWithoutQuery, in: edition) else { return Refusal.noSuchPath.reply }
    let methods = route.methods(in: edition)
    var reply: Reply
    do throws(Refusal) {
      // A client that requests a token has no key yet.
      if route != .token { try authorize(request, for: route) }
      guard methods.contains(request.method) else { throw Refusal.methodNotAllowed(request.method) }
      reply = try operate(route, request, RequestBody(body, of: request))
    } catch {
      reply = error.reply
    }
    reply.fields[.allow] = methods.map(\.rawValue).joined(separator: ", ")
    reply.fields[.vary] = "Accept"
    return reply
  }
}

extension Simulator {
  /// The editions of the API.
  public enum Edition: String, CaseIterable, Sendable {
    /// The 22 operations of BIMData's Python client 2.13.0 of May 2019.
    case classic
    /// The API of the live service today: no processors, no PUT, users by filter instead of one by one, sizes with
    /// quotas, invitations with roles.
    case current
  }
}

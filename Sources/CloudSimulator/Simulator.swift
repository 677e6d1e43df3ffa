public import FoundationEssentials
public import HTTPTypes

/// The cloud API served from memory, in either edition and as strictly as the real service; and beside it the token
/// endpoint of its identity server.
///
/// No sockets: ``SimulatorTransport`` stands it behind a client in the same process, `skydeck-simulator` behind HTTP.
/// Operations are applied one after the other, in the order in which requests arrive.
///
/// What BIMData doesn't document, it decides: addresses of invitations and members are compared without regard to
/// case; an invitation that exists already stays as it is and only sends its e-mail again; a processor's parents are
/// in its own cloud and never lead back to it; deleting a processor takes it from its children's parents; in the
/// current edition, a key that is no administrator of a cloud changes nothing in it.
public actor Simulator {
  /// How many bytes `create-demo` adds to its cloud.
  public static let demoProjectSize = 163_577_856

  /// The edition that it speaks.
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
  ///   - data: what is there at the start.
  ///   - key: the only key that is right; where nil, any key is, but no key is not.
  ///   - edition: the edition that it speaks.
  ///   - freeClouds: how many clouds the platform itself pays for, those of `data` included, before the current
  ///     edition answers 402; nil for no limit.
  ///   - now: the time that new and changed records carry.
  public init(
    data: DataSet = .demo, key: String? = nil, edition: Edition = .classic, freeClouds: Int? = nil,
    now: @escaping @Sendable () -> Date = { Date.now }
  ) {
    let keys = key.map { [AccessKey($0)] } ?? []
    self.init(data: data, access: Access(keys: keys), edition: edition, freeClouds: freeClouds, now: now)
  }

  /// - Parameters:
  ///   - data: what is there at the start.
  ///   - access: the keys and the clients that are right, and what each may do.
  ///   - edition: the edition that it speaks.
  ///   - freeClouds: how many clouds the platform itself pays for, those of `data` included, before the current
  ///     edition answers 402; nil for no limit.
  ///   - now: the time that new and changed records carry, and by which tokens end.
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

  /// Answers one request.
  ///
  /// - Parameter body: whole; no bytes where the request has none.
  /// - Returns: the answer, and how and when it is to be delivered: whoever carries it does that.
  public nonisolated func respond(to request: HTTPRequest, body: [UInt8]) async -> SimulatorResponse {
    let outcome = await answer(request, body: body)
    // Written here, not on the actor: a list of 28 MB holds up nobody else.
    return SimulatorResponse(
      outcome.reply, to: request, edition: edition, isOdd: isOdd, fault: outcome.fault, number: outcome.number)
  }

  /// Begins what is to be done after a response was delivered; whoever carries it calls this then.
  ///
  /// - Parameter clock: measures how much later that is.
  public nonisolated func begin(
    _ late: SimulatorResponse.LateWork, of request: HTTPRequest, body: [UInt8],
    clock: any Clock<Duration> = ContinuousClock()
  ) {
    Task {
      try await clock.sleep(for: late.rest)
      await carryOut(request, body: body, number: late.number)
    }
  }

  /// Decides what becomes of each request, such as being late or lost; nil, or a hook that returns nil, is no fault.
  ///
  /// The hook is asked once for each request, before it is carried out.
  public func setFaults(_ hook: (@Sendable (HTTPRequest) -> Fault?)?) {
    faults = hook
  }

  /// Sets what goes wrong with the requests from now on that the hook of ``setFaults(_:)`` lets pass.
  public func setFaultPlan(_ plan: FaultPlan) {
    self.plan = plan
  }

  /// The requests that arrived, the oldest first: the last 10,000, each with the status it was answered with.
  public var requests: [RecordedRequest] {
    log.requests
  }

  /// How many of ``requests`` had this method and this path, the query excluded.
  public func requestCount(_ method: HTTPRequest.Method, _ path: String) -> Int {
    log.requests.count { $0.method == method && $0.path == path }
  }

  /// How many e-mails invitations to a cloud have sent to an address, which is compared without regard to case.
  public func emailsSent(to address: String, in cloud: Int) -> Int {
    clouds.first { $0.record.id == cloud }?.emailsSent[address.lowercased()] ?? 0
  }

  /// The time, as records carry it.
  var timestamp: Timestamp {
    Timestamp(now())
  }

  private func answer(_ request: HTTPRequest, body: [UInt8]) -> (reply: Reply, fault: Fault?, number: Int) {
    let fault = faults?(request) ?? plan.fault(for: request)
    if fault == .refusedConnection { return (.noContent, fault, 0) }
    if fault == .revokedTokens { revokeTokens() }
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

  /// In the framework's order: the path, the key, the method, and then the operation: its target, its body, its rules.
  private func carryOut(_ request: HTTPRequest, body: [UInt8]) -> Reply {
    guard let route = Route(path: request.pathWithoutQuery, in: edition) else { return Refusal.noSuchPath.reply }
    let methods = route.methods(in: edition)
    var reply: Reply
    do throws(Refusal) {
      // Whoever asks for a token has no key yet.
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
  /// The editions of the API that the simulator speaks.
  public enum Edition: String, CaseIterable, Sendable {
    /// The 22 operations that BIMData's Python client 2.13.0 of May 2019 knows.
    case classic
    /// What the live service speaks today: no processors, no PUT, users by filter instead of one by one, sizes with
    /// quotas, invitations with roles.
    case current
  }
}

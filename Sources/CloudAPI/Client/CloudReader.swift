/// The part of a client that reads. It can't be used to write: it exposes neither the client nor the key.
///
/// It shares tokens, connections and the known edition with its client.
public struct CloudReader: Sendable {
  private let client: CloudAPIClient

  public init(_ client: CloudAPIClient) {
    self.client = client
  }

  public var baseURL: BaseURL { client.configuration.baseURL }

  /// The edition of the service, if it is known without a request.
  public var knownEdition: Edition? { client.knownEdition }

  /// A copy that sends each read once.
  public var withoutRetries: CloudReader { CloudReader(client.withoutRetries) }

  /// A copy whose requests are reported as part of a sweep.
  public func labelled(_ sweep: RequestSweep) -> CloudReader { CloudReader(client.labelled(.sweep(sweep))) }

  /// The edition of the service, detected by reading if it isn't known; `nil` if it can't be detected.
  public func resolvedEdition() async throws(CloudAPIError) -> Edition? {
    try await client.resolvedEdition()
  }

  /// Reads a record, a list or a size.
  public func read<Value>(_ call: ReadCall<Value>) async throws(CloudAPIError) -> Value {
    try await client.perform(call.call)
  }

  /// Reads a record or a size, and also returns the service's own JSON.
  public func record<Record: Decodable & Sendable>(
    of call: ReadCall<Record>
  ) async throws(CloudAPIError) -> (text: JSONText, record: Record) {
    try await client.record(of: call.call)
  }

  /// Reads a list, and delivers its records as JSON while they arrive (`CloudAPIClient.records`).
  public func records<Record: Decodable & Sendable>(
    of call: ReadCall<[Record]>, receive: @escaping @Sendable ([JSONText]) -> Void
  ) async throws(CloudAPIError) {
    try await client.records(of: call.call, receive: receive)
  }

  /// Reads a list, and delivers its records while they arrive (`CloudAPIClient.records`).
  public func records<Record: ListRecord>(
    of call: ReadCall<[Record]>, receive: @escaping @Sendable ([Record]) -> Void
  ) async throws(CloudAPIError) {
    try await client.records(of: call.call, receive: receive)
  }
}

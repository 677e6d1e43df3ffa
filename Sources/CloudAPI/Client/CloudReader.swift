/// The part of a client that reads. Whoever holds it can't write: it gives neither its client away nor the key.
///
/// It shares with its client tokens, connections and what is known about the edition.
public struct CloudReader: Sendable {
  private let client: CloudAPIClient

  public init(_ client: CloudAPIClient) {
    self.client = client
  }

  public var baseURL: BaseURL { client.configuration.baseURL }

  /// The edition that the service speaks, if it is known without a request.
  public var knownEdition: Edition? { client.knownEdition }

  /// A copy that sends each read once.
  public var withoutRetries: CloudReader { CloudReader(client.withoutRetries) }

  /// The edition that the service speaks, detected by reading if it isn't known; `nil` if nothing tells it.
  public func resolvedEdition() async throws(CloudAPIError) -> Edition? {
    try await client.resolvedEdition()
  }

  /// Reads a record, a list or a size.
  public func read<Value>(_ call: ReadCall<Value>) async throws(CloudAPIError) -> Value {
    try await client.perform(call.call)
  }

  /// Reads a record or a size, and returns the service's own JSON, too.
  public func record<Record: Decodable & Sendable>(
    of call: ReadCall<Record>
  ) async throws(CloudAPIError) -> (text: JSONText, record: Record) {
    try await client.record(of: call.call)
  }

  /// Reads a list, and delivers its records as JSON while it arrives (`CloudAPIClient.records`).
  public func records<Record: Decodable & Sendable>(
    of call: ReadCall<[Record]>, receive: @escaping @Sendable ([JSONText]) -> Void
  ) async throws(CloudAPIError) {
    try await client.records(of: call.call, receive: receive)
  }

  /// Reads a list, and delivers its records while it arrives (`CloudAPIClient.records`).
  public func records<Record: ListRecord>(
    of call: ReadCall<[Record]>, receive: @escaping @Sendable ([Record]) -> Void
  ) async throws(CloudAPIError) {
    try await client.records(of: call.call, receive: receive)
  }
}

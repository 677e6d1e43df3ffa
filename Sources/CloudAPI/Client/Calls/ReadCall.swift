/// A call that reads, with the type of the response.
public struct ReadCall<Value: Decodable & Sendable>: Hashable, Sendable {
  let call: Call

  public var operation: Operation { call.operation }

  /// - Returns: `nil` for a call that writes.
  public init?(_ call: Call) {
    guard !call.operation.isWrite else { return nil }
    self.call = call
  }

  fileprivate init(reading call: Call) {
    self.call = call
  }
}

extension ReadCall where Value == [Cloud] {
  public static var getClouds: ReadCall { ReadCall(reading: .getClouds) }
}

extension ReadCall where Value == Cloud {
  public static func getCloud(_ id: Cloud.ID) -> ReadCall { ReadCall(reading: .getCloud(id)) }
}

extension ReadCall where Value == CloudSize {
  public static func getCloudSize(_ id: Cloud.ID) -> ReadCall { ReadCall(reading: .getCloudSize(id)) }
}

extension ReadCall where Value == [User] {
  public static func getCloudUsers(_ cloud: Cloud.ID) -> ReadCall { ReadCall(reading: .getCloudUsers(cloud)) }
}

extension ReadCall where Value == User {
  public static func getCloudUser(_ cloud: Cloud.ID, _ id: User.ID) -> ReadCall {
    ReadCall(reading: .getCloudUser(cloud, id))
  }
}

extension ReadCall where Value == [CloudInvitation] {
  public static func getCloudInvitations(_ cloud: Cloud.ID) -> ReadCall {
    ReadCall(reading: .getCloudInvitations(cloud))
  }
}

extension ReadCall where Value == [Processor] {
  public static func cloudProcessorList(_ cloud: Cloud.ID) -> ReadCall {
    ReadCall(reading: .cloudProcessorList(cloud))
  }
}

extension ReadCall where Value == Processor {
  public static func cloudProcessorRead(_ cloud: Cloud.ID, _ id: Processor.ID) -> ReadCall {
    ReadCall(reading: .cloudProcessorRead(cloud, id))
  }
}

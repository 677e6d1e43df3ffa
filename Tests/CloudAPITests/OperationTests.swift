import CloudAPI
import HTTPTypes
import Testing

@Suite struct OperationTests {
  @Test func theTableHoldsTheTwentyTwoDocumentedOperations() {
    #expect(Operation.allCases.count == 22)
    #expect(Operation(rawValue: "cloud_processor_partial_update") == .cloudProcessorPartialUpdate)
  }

  @Test func everyOperationIsAMethodAndPathOfItsOwn() {
    let requests = Operation.allCases.map { "\($0.method) \($0.pathTemplate)" }
    #expect(Set(requests).count == 22)
  }

  @Test func readsAreExactlyTheGets() {
    for operation in Operation.allCases {
      #expect(operation.isWrite == (operation.method != .get), "\(operation)")
      #expect((operation.answerName == nil) == (operation.method == .delete), "\(operation)")
    }
  }

  @Test func scopesAreTheDocumentedOnes() {
    let scopes = Dictionary(grouping: Operation.allCases, by: \.scope).mapValues(\.count)
    #expect(scopes == ["cloud:manage": 8, "cloud:read": 2, "org:manage": 3, nil: 9])
  }
}

import TerminalTestSupport
import TerminalUI
import Testing

/// Roles of people, and the graph of processors.
@Suite(.story) struct UsersAndProcessorsTests {
  @Test func aRoleIsChangedInAForm() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 7, "--pane", "users")
    try skydeck.waitFor("▸ Alan Kay")
    let alan = try #require(try simulator.service.users(of: 7).first { $0.email == "alan@atelier.example" })
    #expect(alan.cloudRole == 50)
    try skydeck.open(.character("e"), "Edit Alan Kay")
    try skydeck.waitFor("( ) Admin   (•) User")
    try skydeck.press(.left)
    try skydeck.waitFor("(•) Admin   ( ) User")
    try skydeck.press(.enter)
    try skydeck.waitUntilClosed("Edit Alan Kay")
    try skydeck.waitUntil("the list shows the new role") { $0.row(containing: "▸ Alan Kay")?.contains("Admin") == true }
    #expect(try simulator.service.role(of: alan.id, in: 7) == 100)
    try skydeck.quit()
  }

  @Test func aProcessorIsCreatedAfterItsParents() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 5, "--pane", "processors")
    try skydeck.waitFor("▸ extract")
    try skydeck.open(.character("c"), "Create a processor in Lot B – façade")
    try skydeck.type("thumbnails")
    try skydeck.press(.tab, .character(" "), .down, .character(" "))
    try skydeck.waitFor("▸[x] gltf")
    try skydeck.waitFor(" [x] extract")
    try skydeck.press(.enter)
    try skydeck.waitUntilClosed("Create a processor")
    let processors = try simulator.service.processors(of: 5)
    let created = try #require(processors.first { $0.name == "thumbnails" })
    #expect(Set(created.parentProcessors) == Set(processors.map(\.id)).subtracting([created.id]))
    try skydeck.waitFor("▸   └ thumbnails")
    try skydeck.quit()
  }

  @Test func aProcessorIsGivenOtherParentsAndNoCycleIsOffered() throws {
    let simulator = try SimulatorProcess()
    let skydeck = try Skydeck.on(simulator, cloud: 5, "--pane", "processors")
    try skydeck.waitFor("▸ extract")
    try skydeck.open(.character("e"), "Edit extract")
    try skydeck.waitFor("there is no other processor yet")
    try skydeck.close("Edit extract")
    try skydeck.press(.down)
    try skydeck.waitFor("▸ └ gltf")
    try skydeck.open(.character("e"), "Edit gltf")
    try skydeck.press(.tab)
    try skydeck.waitFor("▸[x] extract")
    try skydeck.press(.character(" "))
    try skydeck.waitFor("▸[ ] extract")
    try skydeck.press(.enter)
    try skydeck.waitUntilClosed("Edit gltf")
    #expect(try simulator.service.processors(of: 5).map(\.parentProcessors) == [[], []])
    try skydeck.quit()
  }
}

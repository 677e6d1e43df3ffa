import TerminalUI
import Testing

@testable import CloudConsole

@MainActor
@Suite struct BrowsingTests {
  @Test func dump() async throws {
    let test = try await ConsoleUnderTest()
    await test.start()
    print(test.text)
    await test.press(.down, .down)
    print(test.text)
    test.console.handle([.resize(Size(columns: 80, rows: 24))])
    print(test.text)
    await test.press(.character("i"))
    await test.type("ada@x.example, bob")
    await test.press(.enter)
    print(test.text)
    await test.press(.escape, .character("y"), .character("D"))
    print(test.text)
    await test.press(.escape, .character("S"))
    print(test.text)
    await test.press(.escape, .character("?"))
    print(test.text)
    await test.press(.escape, .character(":"))
    print(test.text)
    await test.press(.escape, .character("4"))
    print(test.text)
    await test.press(.enter)
    print(test.text)
    await test.press(.escape, .character("c"))
    print(test.text)
    test.console.handle([.resize(Size(columns: 44, rows: 14))])
    print(test.text)
  }
}

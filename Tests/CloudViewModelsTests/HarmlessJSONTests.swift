import FoundationEssentials
import Testing

@testable import CloudViewModels

/// Tests of JSON for a terminal.
@Suite struct HarmlessJSONTests {
  @Test func whatCouldSteerATerminalIsEscapedAndTheValuesStayTheSame() throws {
    let value = ["a\u{7F}b\u{9B}c\u{202E}d\u{200B}e\u{2028}f\u{E0001}g\u{3164}h\u{378}i é 東 😀"]
    let bytes = Array(try JSONEncoder().encode(value))
    let escaped = HarmlessJSON.escaped(bytes)
    let text = String(decoding: escaped, as: UTF8.self)
    #expect(text == "[\"a\\u007fb\\u009bc\\u202ed\\u200be\\u2028f\\udb40\\udc01g\\u3164h\\u0378i é 東 😀\"]")
    #expect(try JSONDecoder().decode([String].self, from: Data(escaped)) == value)
  }

  @Test func plainTextIsLeftAsItIs() {
    let bytes = Array("{\"a\":[1,null]}".utf8)
    #expect(HarmlessJSON.escaped(bytes) == bytes)
  }
}

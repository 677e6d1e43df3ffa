import Testing

@testable import CloudAPI

/// JSON is parsed while it arrives.
@Suite struct JSONScannerTests {
  private func elements(_ chunks: [String]) throws -> [String] {
    var scanner = JSONScanner(.elements)
    var found: [String] = []
    for chunk in chunks {
      try scanner.read(Array(chunk.utf8)) { found.append(String(decoding: $0, as: UTF8.self)) }
    }
    try scanner.finish { found.append(String(decoding: $0, as: UTF8.self)) }
    return found
  }

  private func value(_ text: String) throws -> String {
    try JSONText(Array(text.utf8)).description
  }

  @Test func valuesKeepTheirNamesNumbersAndNullsAndLoseTheWhiteSpaceBetweenTokens() throws {
    let text = " { \"b\" : [ 1.50e+3 , -0, null ,true,  false ] ,\n\t\"a b\":\"é \\u00e9 \\\" \" , \"a b\": {} } \r\n"
    #expect(
      try value(text) == "{\"b\":[1.50e+3,-0,null,true,false],\"a b\":\"é \\u00e9 \\\" \",\"a b\":{}}")
  }

  @Test func aListIsCutIntoItsElementsHoweverItsBytesArrive() throws {
    let text = "[ {\"a\":[1,{\"b\":2}]} , \"x,]\" ,3, [ ] ]"
    let expected = ["{\"a\":[1,{\"b\":2}]}", "\"x,]\"", "3", "[]"]
    #expect(try elements([text]) == expected)
    #expect(try elements(text.unicodeScalars.map { String($0) }) == expected)
    #expect(try elements(["[]"]) == [])
  }

  @Test func anElementIsHandedOverWithTheBytesThatEndIt() throws {
    var scanner = JSONScanner(.elements)
    var found = 0
    try scanner.read(Array("[{\"a\":1}".utf8)) { _ in found += 1 }
    #expect(found == 1)
    try scanner.read(Array(",{\"a\":".utf8)) { _ in found += 1 }
    #expect(found == 1)
  }

  @Test(arguments: [
    "{", "[1,", "[1,]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "tru", "truex", "01", "1.", "1e", "-", "+1", ".5", "'a'",
    "\"a", "\"\\x\"", "\"\\u12g4\"", "\"a\nb\"", "[1 2]", "[}", "1 2", "{\"a\":1}}", "NaN", "[1]]",
  ])
  func whatIsNoJSONIsRefused(_ text: String) {
    #expect(throws: UnreadableAnswer.self) { try value(text) }
  }

  @Test func whatIsNoUTF8IsRefused() {
    #expect(throws: UnreadableAnswer.self) { try JSONText([0x22, 0xC3, 0x28, 0x22]) }
    #expect(throws: UnreadableAnswer.self) { try JSONText([0x22, 0xED, 0xA0, 0x80, 0x22]) }
  }

  @Test func nestingWithoutEndIsRefusedBeforeItFillsTheMemory() {
    #expect(throws: UnreadableAnswer.self) { try value(String(repeating: "[", count: 100_000)) }
  }

  @Test(arguments: ["{\"detail\":\"x\"}", "3", "\"x\"", ""])
  func whatIsNoListIsNoListOfRecords(_ text: String) {
    #expect(throws: UnreadableAnswer.self) { try elements([text]) }
  }

  @Test func theValuesThatFoundationWritesAreReadAsTheyAre() throws {
    for text in ["0", "-1.5E-7", "\"\\ud83d\\ude00\"", "[[[[]]]]", "{\"\":null}"] {
      #expect(try value(text) == text)
    }
  }
}

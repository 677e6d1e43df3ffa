import Testing

@testable import CloudViewModels

/// Tests of CSV and TSV.
@Suite struct SeparatedValuesTests {
  private let csv = SeparatedValues(style: .csv, guardsFormulas: true)
  private let tsv = SeparatedValues(style: .tsv, guardsFormulas: true)

  @Test func cellsThatNeedQuotesGetThem() {
    #expect(csv.line(["a", "b,c", "say \"hi\"", "two\nlines", ""]) == "a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\n")
  }

  @Test(arguments: ["=1+1", "+49 30 1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1"])
  func whatASpreadsheetWouldRunIsMarkedAsText(cell: String) {
    #expect(csv.line([cell]).contains("'"))
    let open = SeparatedValues(style: .csv, guardsFormulas: false)
    #expect(!open.line([cell]).contains("'"))
  }

  @Test(arguments: ["-5", "-1.5", "3", "a=b", "2019-05-23T13:07:17Z"])
  func numbersAndOrdinaryTextAreLeftAlone(cell: String) {
    #expect(csv.line([cell]) == cell + "\n")
  }

  @Test func controlCharactersNeverGoThrough() {
    #expect(csv.line(["a\u{1B}[31mb\u{9B}c\u{202E}d"]) == "a\u{FFFD}[31mb\u{FFFD}c\u{FFFD}d\n")
    #expect(
      csv.line(["a\u{E0041}b\u{3164}c\u{378}d\u{115F}e\u{FE0F}"]) == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e\u{FFFD}\n")
    #expect(csv.line(["👩‍👩‍👧‍👦 ❤️ क्‍ष"]) == "👩‍👩‍👧‍👦 ❤️ क्‍ष\n")
    #expect(tsv.line(["a\tb\nc\\d\re\u{7}f"]) == "a\\tb\\nc\\\\d\\re\u{FFFD}f\n")
  }
}

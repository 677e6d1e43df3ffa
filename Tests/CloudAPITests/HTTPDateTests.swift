import CloudAPI
import FoundationEssentials
import Testing

/// Dates of header fields.
@Suite struct HTTPDateTests {
  /// RFC 9110, section 5.6.7.
  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    "Sun Nov 06 08:49:37 1994", "Sun, 06-Nov-1994 08:49:37 GMT",
  ])
  func eachOfTheThreeFormsIsRead(text: String) {
    #expect(HTTPDate.parse(text, now: fixtureNow) == Date(timeIntervalSince1970: 784_111_777))
  }

  @Test(arguments: [("00", 2000), ("26", 2026), ("76", 2076), ("77", 1977), ("99", 1999)])
  func aYearOfTwoDigitsIsNoMoreThanFiftyYearsAhead(digits: String, year: Int) {
    let short = HTTPDate.parse("Friday, 02-Jan-\(digits) 03:04:05 GMT", now: fixtureNow)
    #expect(short == HTTPDate.parse("Fri, 02 Jan \(year) 03:04:05 GMT"))
    #expect(short != nil)
  }

  @Test(arguments: [
    "", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun Nov 6 1994",
    "Sunday, 06-Nov 08:49:37 GMT",
    "Sunday, -6-Nov-94 08:49:37 GMT", "Sun Nov 31 08:49:37 1994", "Sunday, 06-Nov-9223372036854775807 08:49:37 GMT",
    "Sun Nov 6 25:49:37 1994", "- - - - -", "-- -- -- --",
  ])
  func whatIsNoneIsNone(text: String) {
    #expect(HTTPDate.parse(text, now: fixtureNow) == nil)
  }
}

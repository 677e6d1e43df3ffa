import CloudAPI
import Testing

@Suite struct BaseURLTests {
  @Test(arguments: [
    ("https://api.bimdata.io", "api.bimdata.io", "https://api.bimdata.io"),
    ("HTTPS://API.bimdata.io/", "api.bimdata.io", "https://api.bimdata.io"),
    ("https://bim.example.com:8443/a/b//", "bim.example.com", "https://bim.example.com:8443/a/b"),
    ("https://bim.example.com:443", "bim.example.com", "https://bim.example.com"),
    ("http://localhost:8000", "localhost", "http://localhost:8000"),
    ("http://127.1.2.3/x", "127.1.2.3", "http://127.1.2.3/x"),
    ("http://[::1]:80", "[::1]", "http://[::1]"),
  ])
  func anAddressIsReadWithOrWithoutAPath(text: String, host: String, description: String) throws {
    let url = try BaseURL(text)
    #expect(url.host == host)
    #expect(url.description == description)
  }

  @Test(arguments: [
    ("", BaseURLError.empty),
    ("api.bimdata.io", .noScheme),
    ("localhost:8000", .noScheme),
    ("ftp://api.bimdata.io", .unknownScheme("ftp")),
    (" https://api.bimdata.io", .whitespace),
    ("https://api.bimdata.io\n", .whitespace),
    ("https://bücher.example", .notASCII),
    ("https://", .noHost),
    ("https:///cloud", .noHost),
    ("https://:443", .noHost),
    ("https://a,b", .badHost("a,b")),
    ("https://[::1", .badHost("[::1")),
    ("https://host:", .badPort("")),
    ("https://host:0", .badPort("0")),
    ("https://host:65536", .badPort("65536")),
    ("https://host:+80", .badPort("+80")),
    ("https://me:pass@host", .credentials),
    ("https://host/?x=1", .queryOrFragment),
    ("https://host#x", .queryOrFragment),
    ("http://api.bimdata.io", .plainHTTP(host: "api.bimdata.io")),
    ("http://127.0.0.1.example.com", .plainHTTP(host: "127.0.0.1.example.com")),
    ("http://127.0.0.256", .plainHTTP(host: "127.0.0.256")),
    ("http://localhost.example.com", .plainHTTP(host: "localhost.example.com")),
  ])
  func whatIsWrongWithAnAddressIsNamed(text: String, error: BaseURLError) {
    #expect(throws: error) { try BaseURL(text) }
  }

  @Test func credentialsInAnAddressAreNotRepeated() {
    for text in ["https://me:s3cret@host", "https://s3cret@host:x", "http://s3cret@host/?s3cret"] {
      #expect(throws: BaseURLError.credentials) { try BaseURL(text) }
    }
  }
}

import HTTPTypes

extension HTTPRequest {
  /// The path without its query.
  var pathWithoutQuery: Substring {
    (path ?? "/").prefix { $0 != "?" }
  }

  /// What stands after the first question mark.
  var query: URLEncodedForm {
    URLEncodedForm((path ?? "").utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst())
  }
}

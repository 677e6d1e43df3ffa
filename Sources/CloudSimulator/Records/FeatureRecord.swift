/// Something a cloud has been given beyond the ordinary.
struct FeatureRecord: Hashable, Sendable, JSONWritable {
  var name: String
  var viewerURL: String?

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.field("name", name)
      object.field("viewer_url", viewerURL)
    }
  }
}

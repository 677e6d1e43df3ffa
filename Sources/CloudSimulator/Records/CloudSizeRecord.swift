/// How much is in a cloud, as each edition says it.
struct CloudSizeRecord: JSONWritable {
  let bytes: Int
  let quota: Quota

  func write(to writer: inout JSONWriter) {
    switch writer.edition {
    case .classic: bytes.write(to: &writer)
    case .current: writeObject(to: &writer)
    }
  }

  /// Somebody who is no administrator is told what is left, and neither what is used nor what there could be.
  private func writeObject(to writer: inout JSONWriter) {
    let isAdmin = quota.keyRole == RoleNumber.admin
    let remaining = quota.available.map { max($0 - bytes, 0) }
    writer.object { object in
      object.field("managed_by", quota.managedBy.rawValue)
      object.field("role", quota.keyRole)
      object.field("total_size", isAdmin ? bytes : nil)
      object.field("total_size_available", isAdmin ? quota.available : nil)
      object.field("remaining_total_size", remaining)
      object.field("remaining_total_size_percent", percent(remaining))
    }
  }

  private func percent(_ remaining: Int?) -> Int? {
    guard let remaining, let available = quota.available, available > 0 else { return nil }
    return Int((Double(remaining) / Double(available) * 100).rounded())
  }
}

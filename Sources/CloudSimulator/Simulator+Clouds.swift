extension Simulator {
  /// The cloud of an app's key: nobody created it, and nobody is in it.
  func createCloud(_ body: RequestBody) throws(Refusal) -> Reply {
    var fields = try body.fields()
    guard let name = fields.text("name", limit: CloudRecord.nameLimit) else { throw fields.refusal }
    if edition == .current, let freeClouds, clouds.count(where: { $0.quota.managedBy == .platform }) >= freeClouds {
      throw .paymentRequired(freeClouds: freeClouds)
    }
    let time = timestamp
    let record = CloudRecord(id: nextCloudID, name: name, createdAt: time, updatedAt: time)
    nextCloudID += 1
    clouds.append(CloudState(record: record, bytes: 0, quota: .free, members: Members(.listed([]))))
    return .created(record)
  }

  func updateCloud(_ id: Int?, _ body: RequestBody, partial: Bool) throws(Refusal) -> Reply {
    let index = try index(of: id)
    var fields = try body.fields(partial: partial)
    let name = fields.text("name", limit: CloudRecord.nameLimit)
    try fields.check()
    if let name { clouds[index].record.name = name }
    clouds[index].record.updatedAt = timestamp
    return .ok(clouds[index].record)
  }

  func deleteCloud(_ id: Int?) throws(Refusal) -> Reply {
    clouds.remove(at: try index(of: id))
    return .noContent
  }

  func createDemo(_ id: Int?) throws(Refusal) -> Reply {
    let index = try index(of: id)
    let time = timestamp
    let project = ProjectRecord(
      id: nextProjectID, name: "Demo", rootFolderID: nextProjectID, createdAt: time, updatedAt: time)
    nextProjectID += 1
    clouds[index].projects.append(project)
    clouds[index].bytes += Self.demoProjectSize
    return .ok(ProjectInCloud(project: project, cloud: clouds[index].record))
  }
}

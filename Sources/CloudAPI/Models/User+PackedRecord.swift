import FoundationEssentials

extension User: PackedRecord {
  public static func id(from reader: inout RecordReader) -> ID {
    ID(rawValue: reader.text() ?? "")
  }

  public init(from reader: inout RecordReader) {
    self.init(id: Self.id(from: &reader))
    email = reader.text()
    company = reader.text()
    firstName = reader.text()
    lastName = reader.text()
    created.bits = reader.bits()
    updated.bits = reader.bits()
    cloudRole = reader.integer().map(Role.init)
    guard reader.flag() else { return }
    rest.values = Rest.Values(
      projectRole: reader.integer().map(Role.init), provider: reader.text(), subject: reader.text(),
      profilePicture: reader.text(), isInAllProjects: reader.integer().map { $0 == 1 }, oddities: reader.oddities())
  }

  public func write(to writer: inout RecordWriter) {
    writer.write(id.rawValue)
    writer.write(email)
    writer.write(company)
    writer.write(firstName)
    writer.write(lastName)
    writer.write(bits: created.bits)
    writer.write(bits: updated.bits)
    writer.write(cloudRole?.rawValue)
    writer.write(!rest.isEmpty)
    guard !rest.isEmpty else { return }
    let values = rest.values
    writer.write(values.projectRole?.rawValue)
    writer.write(values.provider)
    writer.write(values.subject)
    writer.write(values.profilePicture)
    writer.write(values.isInAllProjects.map { $0 ? 1 : 0 })
    writer.write(values.oddities)
  }
}

extension RecordWriter {
  fileprivate mutating func write(_ oddities: [FieldOddity]) {
    write(oddities.count)
    for oddity in oddities {
      write(oddity.field)
      write(oddity.reason)
      write(oddity.reading.rawValue)
    }
  }
}

extension RecordReader {
  fileprivate mutating func oddities() -> [FieldOddity] {
    (0..<(integer() ?? 0)).map { _ in
      FieldOddity(
        field: text() ?? "", reason: text() ?? "",
        reading: integer().flatMap(FieldOddity.Reading.init(rawValue:)) ?? .none)
    }
  }
}

extension User: ListRecord {
  private static let members = MemberNames(CodingKeys.self)

  /// Clouds can have more than a hundred thousand members.
  public static let plainReading: PlainReading<User>? = PlainReading { json in
    var user = User(id: User.ID(rawValue: ""))
    var hasID = false
    let isPlain = json.members(members) { key, json in
      switch key {
      case .id:
        guard let id: User.ID = json.identifier() else { return false }
        user.id = id
        hasID = true
        return true
      case .email: return json.read(&user.email)
      case .company: return json.readShared(&user.company)
      case .firstName: return json.read(&user.firstName)
      case .lastName: return json.read(&user.lastName)
      case .createdAt: return json.read(&user.createdAt)
      case .updatedAt: return json.read(&user.updatedAt)
      case .cloudRole: return json.read(&user.cloudRole)
      case .projectRole: return json.read(&user.projectRole)
      case .provider: return json.read(&user.provider)
      case .subject: return json.read(&user.subject)
      case .profilePicture: return json.read(&user.profilePicture)
      case .isInAllProjects: return json.read(&user.isInAllProjects)
      }
    }
    return isPlain && hasID ? user : nil
  }
}

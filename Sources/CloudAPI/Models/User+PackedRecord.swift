extension User: PackedRecord {
  public init() {
    self.init(id: ID(rawValue: ""))
  }

  public mutating func code(_ coder: inout RecordCoder) {
    var text: String? = id.rawValue
    coder.code(&text)
    id = ID(rawValue: text ?? "")
    coder.code(&email)
    coder.code(&company)
    coder.code(&firstName)
    coder.code(&lastName)
    coder.code(bits: &created.bits)
    coder.code(bits: &updated.bits)
    codeRole(&cloudRole, &coder)
    codeRest(&coder)
  }

  private func codeRole(_ role: inout Role?, _ coder: inout RecordCoder) {
    var number = role?.rawValue
    coder.code(&number)
    role = number.map(Role.init(rawValue:))
  }

  private mutating func codeRest(_ coder: inout RecordCoder) {
    var values = rest.values
    codeRole(&values.projectRole, &coder)
    coder.code(&values.provider)
    coder.code(&values.subject)
    coder.code(&values.profilePicture)
    var flag = values.isInAllProjects.map { $0 ? 1 : 0 }
    coder.code(&flag)
    values.isInAllProjects = flag.map { $0 == 1 }
    rest.values = values
  }
}

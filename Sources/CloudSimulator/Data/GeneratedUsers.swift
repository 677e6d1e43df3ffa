/// The users of one generated cloud: each is generated from the seed when needed, so that any number starts at once.
struct GeneratedUsers: Sendable {
  let firstID: Int
  let count: Int
  let seed: UInt64

  /// The user at an index, the same at every call.
  subscript(index: Int) -> UserRecord {
    var random = SeededGenerator(seed: seed, stream: firstID + index)
    let id = firstID + index
    let first = random.pick(NamePool.firstNames)
    let last = random.pick(NamePool.lastNames)
    let company = random.pick(NamePool.companies)
    let created = random.timestamp()
    // One in fifty has no name, one in ten is an administrator.
    let isNamed = random.next(below: 50) != 0
    return UserRecord(
      id: id, email: "\(first.ascii).\(last.ascii).\(id)@\(company.domain)", company: company.name,
      firstname: isNamed ? first.name : nil, lastname: isNamed ? last.name : nil,
      createdAt: created, updatedAt: created.adding(days: random.next(below: 300)),
      cloudRole: random.next(below: 10) == 0 ? RoleNumber.admin : RoleNumber.user)
  }

  subscript(id id: Int) -> UserRecord? {
    let index = id - firstID
    return index >= 0 && index < count ? self[index] : nil
  }

  /// The id of the user with this lower-case address, parsed from the address rather than found by generating all
  /// users.
  func id(ofEmail email: String) -> Int? {
    let local = email.prefix { $0 != "@" }
    guard let number = local.split(separator: ".").last, let id = Int(number) else { return nil }
    return self[id: id]?.email == email ? id : nil
  }
}

/// The parts of generated names: several scripts, accents, and the lengths that lists must handle.
enum NamePool {
  /// A part of a person's name, and its spelling in an e-mail address.
  struct Part: Sendable {
    let name: String
    let ascii: String

    init(_ name: String, _ ascii: String) {
      self.name = name
      self.ascii = ascii
    }
  }

  struct Company: Sendable {
    let name: String
    let domain: String

    init(_ name: String, _ domain: String) {
      self.name = name
      self.domain = domain
    }
  }

  static let firstNames: [Part] = [
    Part("Aïcha", "aicha"), Part("Álvaro", "alvaro"), Part("Anna", "anna"), Part("Bjørn", "bjorn"),
    Part("Chiara", "chiara"), Part("Dániel", "daniel"), Part("Élodie", "elodie"), Part("Fatima", "fatima"),
    Part("François", "francois"), Part("Giorgos", "giorgos"), Part("Hélène", "helene"), Part("Ines", "ines"),
    Part("Jürgen", "juergen"), Part("Kenji", "kenji"), Part("Léa", "lea"), Part("Łukasz", "lukasz"),
    Part("Maria", "maria"), Part("Nguyệt", "nguyet"), Part("Olga", "olga"), Part("Priya", "priya"),
    Part("Rachid", "rachid"), Part("Søren", "soren"), Part("Tomás", "tomas"), Part("Ülkü", "ulku"),
    Part("Владимир", "vladimir"), Part("Wei", "wei"), Part("Yusuf", "yusuf"), Part("Zoë", "zoe"),
    Part("陽子", "yoko"), Part("민준", "minjun"),
  ]

  static let lastNames: [Part] = [
    Part("Andersson", "andersson"), Part("Benali", "benali"), Part("Čapek", "capek"), Part("Dubois", "dubois"),
    Part("Eriksen", "eriksen"), Part("Fernández", "fernandez"), Part("García", "garcia"), Part("Hoffmann", "hoffmann"),
    Part("İnönü", "inonu"), Part("Jónsdóttir", "jonsdottir"), Part("Kowalska", "kowalska"), Part("Lefèvre", "lefevre"),
    Part("Müller", "mueller"), Part("Nagy", "nagy"), Part("O’Connor", "oconnor"), Part("Papadopoulos", "papadopoulos"),
    Part("Quintana", "quintana"), Part("Rossi", "rossi"), Part("Sørensen", "sorensen"), Part("Tran", "tran"),
    Part("Ullah", "ullah"), Part("Van den Berg", "vandenberg"), Part("Weiß", "weiss"), Part("Yılmaz", "yilmaz"),
    Part("Zhang", "zhang"), Part("田中", "tanaka"), Part("김", "kim"), Part("Соколова", "sokolova"),
  ]

  static let companies: [Company] = [
    Company("Atelier Nord", "atelier.example"), Company("Béton & Fils", "beton.example"),
    Company("Façade Systèmes", "facade.example"), Company("Gabarit", "gabarit.example"),
    Company("Halle Statik GmbH", "halle.example"), Company("Ingénierie Méridienne", "meridienne.example"),
    Company("Nordlys Arkitekter", "nordlys.example"), Company("Ponte Engenharia", "ponte.example"),
    Company("大和設計", "yamato.example"), Company("Σκυρόδεμα ΑΕ", "skyrodema.example"),
  ]

  static let cloudKinds = [
    "Tower", "Bridge", "School", "Station", "Hospital", "Campus", "Façade", "Parking", "Museum", "Stade", "Halle", "駅",
  ]

  static let cloudPlaces = [
    "Lyon", "Århus", "Kraków", "Québec", "São Paulo", "Zürich", "Αθήνα", "Київ", "東京", "서울", "Porto", "Nice",
    "Dakar", "Hanoi", "Bergen", "Gdańsk",
  ]
}

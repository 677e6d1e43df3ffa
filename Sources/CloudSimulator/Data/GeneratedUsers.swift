/// The users of one generated cloud: each is generated from the seed when needed, so that any number starts at once.
struct GeneratedUsers: Sendable {
  /// Which people the users are.
  enum People: Sendable {
    /// People of this cloud alone, with ids from this one on.
    case own(firstID: Int)
    /// People who may be in other clouds, too.
    case shared(SharedPeople)
  }

  let people: People
  let count: Int
  let seed: UInt64

  /// The user at an index, the same at every call.
  subscript(index: Int) -> UserRecord {
    switch people {
    case .own(let firstID): Self.person(firstID + index, seed: seed)
    case .shared(let people): people.user(at: index, seed: seed)
    }
  }

  func id(at index: Int) -> Int {
    switch people {
    case .own(let firstID): firstID + index
    case .shared(let people): people.id(at: index)
    }
  }

  subscript(id id: Int) -> UserRecord? {
    switch people {
    case .own(let firstID): id >= firstID && id - firstID < count ? self[id - firstID] : nil
    case .shared(let people): people.index(ofID: id).map { self[$0] }
    }
  }

  /// The ids of the users with this lower-case address, found by the number in the address rather than by generating
  /// all users.
  func ids(ofEmail email: String) -> [Int] {
    let local = email.prefix { $0 != "@" }
    guard let number = local.split(separator: ".").last.flatMap({ Int($0) }) else { return [] }
    let ids =
      switch people {
      case .own: [number]
      case .shared(let people): people.ids(ofPerson: number)
      }
    return ids.filter { self[id: $0]?.email?.lowercased() == email }
  }

  /// A person as a user, whose id is the person's number.
  static func person(_ number: Int, seed: UInt64) -> UserRecord {
    var random = SeededGenerator(seed: seed, stream: number)
    let first = random.pick(NamePool.firstNames)
    let last = random.pick(NamePool.lastNames)
    let company = random.pick(NamePool.companies)
    let created = random.timestamp()
    // One in fifty has no name, one in ten is an administrator.
    let isNamed = random.next(below: 50) != 0
    return UserRecord(
      id: number, email: "\(first.ascii).\(last.ascii).\(number)@\(company.domain)", company: company.name,
      firstname: isNamed ? first.name : nil, lastname: isNamed ? last.name : nil,
      createdAt: created, updatedAt: created.adding(days: random.next(below: 300)),
      cloudRole: random.next(below: 10) == 0 ? RoleNumber.admin : RoleNumber.user)
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

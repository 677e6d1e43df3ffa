/// The people of the demo: from many countries, some without a name or a company, as in the real service.
enum DemoPeople {
  /// The details of a person.
  struct Person: Sendable {
    let first: String?
    let last: String?
    let company: String?
    let email: String

    init(_ first: String?, _ last: String?, _ company: String?, _ email: String) {
      self.first = first
      self.last = last
      self.company = company
      self.email = email
    }
  }

  /// The first four appear in the README's screenshots.
  static let all: [Person] = [
    Person("Ada", "Lovelace", "Atelier Nord", "ada@atelier.example"),
    Person("Grace", "Hopper", "Béton & Fils", "grace@beton.example"),
    Person("Ørjan", "Ødegård", "Façade Systèmes", "orjan@facade.example"),
    Person("Šárka", "Nováková", "Halle Statik GmbH", "sarka@halle.example"),
    Person("Jean-Baptiste", "Lefèvre", "Gabarit", "jb.lefevre@gabarit.example"),
    Person("陽子", "田中", "大和設計", "tanaka.yoko@yamato.example"),
    Person("健二", "佐藤", "大和設計", "sato.kenji@yamato.example"),
    Person("Maria", "Papadopoulou", "Σκυρόδεμα ΑΕ", "maria.papadopoulou@skyrodema.example"),
    Person("Γιώργος", "Ανδρέου", "Σκυρόδεμα ΑΕ", "g.andreou@skyrodema.example"),
    Person("Layla", "Haddad", "دار العمارة", "layla.haddad@dar.example"),
    Person("عمر", "الفاسي", "دار العمارة", "omar.alfassi@dar.example"),
    Person("Оксана", "Шевченко", "Поділ Проєкт", "o.shevchenko@podil.example"),
    Person("Тарас", "Коваленко", "Поділ Проєкт", "t.kovalenko@podil.example"),
    Person("민준", "김", "한강건축", "minjun.kim@hangang.example"),
    Person("서연", "이", "한강건축", "seoyeon.lee@hangang.example"),
    Person("Zoë", "van den Berg", "Polder Bouw", "zoe.vandenberg@polder.example"),
    Person("Jürgen", "Weiß", "Halle Statik GmbH", "juergen.weiss@halle.example"),
    Person("Anna", "Müller", "Limmat Architekten", "anna.mueller@limmat.example"),
    Person("Beat", "Zürcher", "Limmat Architekten", "beat.zuercher@limmat.example"),
    Person("Chiara", "Rossi", "Studio Ponte", "chiara.rossi@ponte.example"),
    Person("Lorenzo", "De Luca", "Studio Ponte", "lorenzo.deluca@ponte.example"),
    Person("Inês", "Gonçalves", "Tejo Engenharia", "ines.goncalves@tejo.example"),
    Person("João", "Araújo", "Tejo Engenharia", "joao.araujo@tejo.example"),
    Person("Íñigo", "Etxeberria", "Bilbo Egiturak", "inigo@bilbo.example"),
    Person("Élodie", "Dubois", "Gabarit", "elodie.dubois@gabarit.example"),
    Person("Aïcha", "Benali", "Béton & Fils", "aicha.benali@beton.example"),
    Person("Rachid", "Amrani", "Béton & Fils", "rachid.amrani@beton.example"),
    Person("Łukasz", "Wójcik", "Wisła Konstrukcje", "lukasz.wojcik@wisla.example"),
    Person("Małgorzata", "Kowalska", "Wisła Konstrukcje", "m.kowalska@wisla.example"),
    Person("Søren", "Kierulff", "Øresund Rådgivning", "soren.kierulff@oresund.example"),
    Person("Åse", "Lindqvist", "Øresund Rådgivning", "ase.lindqvist@oresund.example"),
    Person("Guðrún", "Jónsdóttir", "Nordlys Arkitekter", "gudrun@nordlys.example"),
    Person("Veikko", "Mäkinen", "Nordlys Arkitekter", "veikko.makinen@nordlys.example"),
    Person("Siobhán", "O’Connor", "Liffey Civil", "siobhan.oconnor@liffey.example"),
    Person("Rhys", "Llewellyn-Jones", "Liffey Civil", "rhys@liffey.example"),
    Person("Priya", "Raghunathan", "Kaveri Structures", "priya.raghunathan@kaveri.example"),
    Person("Arjun", "Mehta", "Kaveri Structures", "arjun.mehta@kaveri.example"),
    Person("Nguyệt", "Trần Thị Minh", "Sông Hồng Xây Dựng", "nguyet.tran@songhong.example"),
    Person("Thảo", "Lê", "Sông Hồng Xây Dựng", "thao.le@songhong.example"),
    Person("伟", "张", "长江工程", "zhang.wei@changjiang.example"),
    Person("丽华", "陈", "长江工程", "chen.lihua@changjiang.example"),
    Person("Ülkü", "Yılmaz", "Boğaz Mühendislik", "ulku.yilmaz@bogaz.example"),
    Person("İsmail", "Çelik", "Boğaz Mühendislik", "ismail.celik@bogaz.example"),
    Person("Ágnes", "Szabó", "Duna Statika", "agnes.szabo@duna.example"),
    Person("Dániel", "Nagy", "Duna Statika", "daniel.nagy@duna.example"),
    Person("Ștefan", "Ionescu", "Carpați Proiect", "stefan.ionescu@carpati.example"),
    Person("Ioana", "Țurcanu", "Carpați Proiect", "ioana.turcanu@carpati.example"),
    Person("נועה", "לוי", "כרמל אדריכלים", "noa.levi@carmel.example"),
    Person("David", "Mizrahi", "כרמל אדריכלים", "david.mizrahi@carmel.example"),
    Person("Chinonso", "Okonkwo", "Lagos Lagoon Works", "chinonso.okonkwo@lagoon.example"),
    Person("Wanjirũ", "Kamau", "Savanna Survey", "wanjiru.kamau@savanna.example"),
    Person("Thandeka", "Mkhize", "Savanna Survey", "thandeka.mkhize@savanna.example"),
    Person("Mariama", "Diop", "Atelier Teranga", "mariama.diop@teranga.example"),
    Person("Ousmane", "Ndiaye", "Atelier Teranga", "ousmane.ndiaye@teranga.example"),
    Person("Camila", "Restrepo Uribe", "Cóndor Diseño", "camila.restrepo@condor.example"),
    Person("Joaquín", "Peña", "Cóndor Diseño", "joaquin.pena@condor.example"),
    Person("Thiago", "Conceição", "Tejo Engenharia", "thiago.conceicao@tejo.example"),
    Person("Noelani", "Kealoha", "Pacific Rim BIM", "noelani@pacificrim.example"),
    Person("Ethan", "Whitcombe", "Pacific Rim BIM", "ethan.whitcombe@pacificrim.example"),
    Person("Margaret", "Hamilton", "Atelier Nord", "margaret@atelier.example"),
    Person("Alan", "Kay", "Atelier Nord", "alan@atelier.example"),
    Person("Hélène", "Marchand-Delacroix", "Gabarit", "helene.marchand-delacroix@gabarit.example"),
    Person("Maxime", "Roux", nil, "maxime.roux@freelance.example"),
    Person(
      "Katarzyna", "Zielińska-Brzęczyszczykiewicz", "Wisła Konstrukcje", "k.zielinska-brzeczyszczykiewicz@wisla.example"
    ),
    Person("Bo", "Li", nil, "bo@li.example"),
    Person(nil, nil, nil, "new.starter@gabarit.example"),
    Person(nil, nil, nil, "reception@halle.example"),
    Person("Cher", nil, "Studio Ponte", "cher@ponte.example"),
    Person("Wolfgang", "Freiherr von und zu Hohenstein", "Halle Statik GmbH", "wolfgang.von.hohenstein@halle.example"),
    Person("Jana", "Horáková", "Façade Systèmes", "jana.horakova@facade.example"),
    Person("Pierre-Yves", "Le Goff", "Béton & Fils", "py.legoff@beton.example"),
    Person("Emeka", "Eze", "Lagos Lagoon Works", "emeka.eze@lagoon.example"),
  ]

  /// A person as a user of the service, with the same dates in every cloud.
  static func user(_ index: Int, role: Int?) -> UserRecord {
    let person = all[index]
    var random = SeededGenerator(seed: 2019, stream: index)
    let created = random.timestamp()
    let updated = created.adding(days: random.next(below: 300))
    return UserRecord(
      id: 101 + index, email: person.email, company: person.company, firstname: person.first, lastname: person.last,
      createdAt: created, updatedAt: updated, cloudRole: role)
  }
}

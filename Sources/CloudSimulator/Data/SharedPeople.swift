/// Which of all people are the users of one generated cloud: computed, so that any number of clouds starts at once.
///
/// Person 1 is a user of three clouds in ten and an administrator of none, person 2 an administrator of all others. Of
/// the other users of a cloud, one in ten belongs to the hundredth of the people who are in many clouds. Some people
/// have no address, some are in a cloud with a second account, some addresses begin with a capital letter in some
/// clouds, and some ids are null in the current edition. One cloud in eight has only one administrator; in one in twenty, some roles are null.
struct SharedPeople: Sendable {
  /// The number of people, who are numbered from 1 on.
  let people: Int
  private let count: Int
  private let lead: Int
  private let busyCount: Int
  private let busy: ShuffledRange
  private let others: ShuffledRange
  /// The index of the only administrator; nil if there may be others.
  private let onlyAdmin: Int?
  private let hasUnknownRoles: Bool
  private let membershipSeed: UInt64

  /// - Parameters:
  ///   - people: at least one more than `count`; fewer are made up to that.
  ///   - cloud: the cloud's id, from 1 on.
  ///   - count: the number of the cloud's users.
  ///   - seed: any number.
  init(people: Int, cloud: Int, count: Int, seed: UInt64) {
    let people = max(people, count + 1, 2)
    var random = SeededGenerator(seed: seed, stream: -1 << 40 - cloud)
    self.people = people
    self.count = count
    lead = (1...3).contains(cloud % 10) ? 1 : 2
    busyCount = count / 10
    let busyEnd = 3 + max(busyCount, people / 100)
    busy = ShuffledRange(3..<min(busyEnd, people + 1), &random)
    others = ShuffledRange(min(busyEnd, people + 1)..<people + 1, &random)
    onlyAdmin = random.next(below: 8) == 0 ? (lead == 1 ? 1 : 0) : nil
    hasUnknownRoles = random.next(below: 20) == 0 && onlyAdmin == nil
    membershipSeed = random.next()
  }

  func id(at index: Int) -> Int {
    person(at: index) + (isSecondAccount(index) ? people : 0)
  }

  func user(at index: Int, seed: UInt64) -> UserRecord {
    let number = person(at: index)
    let person = GeneratedUsers.person(number, seed: seed)
    var random = membership(index)
    let isAdmin = random.next(below: 10) == 0
    let isCapitalized = random.next(below: 30) == 0
    let isUnknown = random.next(below: 5) == 0
    let hidesID = random.next(below: 500) == 0 && index > 0
    var email = hasAddress(number, seed: seed) ? person.email : nil
    if isCapitalized { email = email.map { $0.prefix(1).uppercased() + $0.dropFirst() } }
    return UserRecord(
      id: id(at: index), email: email, company: person.company, firstname: person.firstname,
      lastname: person.lastname, createdAt: person.createdAt, updatedAt: person.updatedAt,
      cloudRole: role(at: index, isAdmin: isAdmin, isUnknown: isUnknown), hidesID: hidesID)
  }

  /// The index of the user with an id; nil if there is none.
  func index(ofID id: Int) -> Int? {
    let isSecond = id > people
    guard let first = place(of: isSecond ? id - people : id) else { return nil }
    let index = isSecond ? first + 1 : first
    return index < count && isSecondAccount(index) == isSecond ? index : nil
  }

  /// The ids of a person's accounts, whether in this cloud or not.
  func ids(ofPerson number: Int) -> [Int] {
    [number, people + number]
  }

  /// Up to three pending invitations, half of them of people who are in no cloud.
  func invitations(cloud: Int, seed: UInt64) -> [InvitationRecord] {
    var random = SeededGenerator(seed: membershipSeed, stream: -1)
    var numbers: Set<Int> = []
    return (0..<random.next(below: 4)).compactMap { offset in
      let isOutside = random.next(below: 2) == 0
      let number = isOutside ? people + 1 + random.next(below: people / 100 + 1) : 1 + random.next(below: people)
      let role = random.next(below: 2) == 0 ? RoleNumber.admin : RoleNumber.user
      guard index(ofID: number) == nil, hasAddress(number, seed: seed), numbers.insert(number).inserted else {
        return nil
      }
      return GeneratedUsers.person(number, seed: seed).email.map {
        InvitationRecord(
          id: cloud * 10 + offset, email: $0, redirectURI: "https://platform.bimdata.io/cloud/\(cloud)", role: role)
      }
    }
  }

  private func person(at index: Int) -> Int {
    let index = isSecondAccount(index) ? index - 1 : index
    switch index {
    case 0: return lead
    case ...busyCount: return busy[index - 1]
    default: return others[index - 1 - busyCount]
    }
  }

  /// The index of a person, which may be taken by a second account; nil if the person isn't in the cloud.
  private func place(of number: Int) -> Int? {
    if number == lead { return count > 0 ? 0 : nil }
    if let place = busy.place(of: number) { return place < busyCount ? 1 + place : nil }
    return others.place(of: number).map { 1 + busyCount + $0 }.flatMap { $0 < count ? $0 : nil }
  }

  /// Whether the user at an index is the user before it, with another account.
  private func isSecondAccount(_ index: Int) -> Bool {
    guard index > 2, !index.isMultiple(of: 2) else { return false }
    var random = membership(index)
    return random.next() % 150 == 0
  }

  private func role(at index: Int, isAdmin: Bool, isUnknown: Bool) -> Int? {
    if let onlyAdmin { return index == onlyAdmin ? RoleNumber.admin : RoleNumber.user }
    if index == 0 { return lead == 1 ? RoleNumber.user : RoleNumber.admin }
    if hasUnknownRoles, isUnknown { return nil }
    return isAdmin ? RoleNumber.admin : RoleNumber.user
  }

  private func hasAddress(_ number: Int, seed: UInt64) -> Bool {
    var random = SeededGenerator(seed: seed &+ 1, stream: number)
    return random.next(below: 400) != 0 || number <= 2
  }

  private func membership(_ index: Int) -> SeededGenerator {
    SeededGenerator(seed: membershipSeed, stream: index)
  }
}

/// The numbers of a range in another order, without a list of them: an affine map modulo the range's size.
private struct ShuffledRange: Sendable {
  private let numbers: Range<Int>
  private let offset: Int
  private let stride: Int
  /// The stride's inverse modulo the range's size.
  private let inverse: Int

  init(_ numbers: Range<Int>, _ random: inout SeededGenerator) {
    self.numbers = numbers
    offset = random.next(below: numbers.count)
    var stride = 1
    var inverse: Int?
    while inverse == nil, numbers.count > 1 {
      stride = random.next(below: numbers.count)
      inverse = Self.inverse(of: stride, modulo: numbers.count)
    }
    (self.stride, self.inverse) = (stride, inverse ?? 1)
  }

  subscript(place: Int) -> Int {
    numbers.lowerBound + (offset + place * stride) % numbers.count
  }

  func place(of number: Int) -> Int? {
    guard numbers.contains(number) else { return nil }
    return (number - numbers.lowerBound + numbers.count - offset) % numbers.count * inverse % numbers.count
  }

  /// Euclid's algorithm; nil if the two numbers have a common divisor.
  private static func inverse(of value: Int, modulo size: Int) -> Int? {
    var (remainder, next) = (size, value)
    var (factor, nextFactor) = (0, 1)
    while next != 0 {
      let quotient = remainder / next
      (remainder, next) = (next, remainder - quotient * next)
      (factor, nextFactor) = (nextFactor, factor - quotient * nextFactor)
    }
    return remainder == 1 ? (factor % size + size) % size : nil
  }
}

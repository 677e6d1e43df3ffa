/// The roles that the API takes for a member of a cloud.
enum RoleNumber {
  static let admin = 100
  static let user = 50
  static let guest = 25
  static let choices = [admin, user]
  /// Those of a project.
  static let projectChoices = [admin, user, guest]
}

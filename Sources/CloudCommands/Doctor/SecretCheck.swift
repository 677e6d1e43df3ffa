import CloudAPI
import CloudProfiles

/// Whether the key can be read where it is.
struct SecretCheck {
  let finding: Finding
  let configuration: CloudAPIClient.Configuration?

  init(_ connection: Connection) async {
    let source = connection.signIn.value.secretSource
    let name = connection.signIn.value.method == .clientCredentials ? "secret" : "key source"
    // A program that prints it has ten seconds of its own, and says more when they have passed.
    let result = await StepLimit.value(within: .seconds(12)) {
      () -> Result<CloudAPIClient.Configuration, SettingsError> in
      do throws(SettingsError) {
        return .success(try await connection.clientConfiguration())
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let configuration):
      self.configuration = configuration
      finding = .ok(name, "It can be read, \(source).")
    case .failure(let error):
      configuration = nil
      finding = .failure(name, error.line, advice: nil, .configuration)
    case nil:
      configuration = nil
      finding = .failure(
        name, "It could not be read in 12 seconds.", advice: "See why what should print it takes so long.",
        .configuration)
    }
  }
}

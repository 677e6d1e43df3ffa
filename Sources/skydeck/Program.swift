import ArgumentParser

/// Where the process begins, on the main actor and before anything runs elsewhere.
@main
enum Program {
  @MainActor
  static func main() async {
    BackgroundQueue.install()
    await Skydeck.main()
  }
}

import TerminalUI
import Testing

@Suite struct ThemeTests {
  private static let meanings: [Style.Tone] = [.accent, .good, .warning, .danger]
  /// Of xterm's 256: the red and the green part of those that the themes use, from 0 to 5.
  private func redAndGreen(_ colour: Int) -> (red: Int, green: Int) {
    ((colour - 16) / 36, (colour - 16) / 6 % 6)
  }

  @Test(arguments: Theme.allCases.filter { $0 != .none }, Theme.Depth.allCases)
  func everyMeaningHasAColourOfItsOwn(theme: Theme, depth: Theme.Depth) {
    let colours = Self.meanings.map { theme.colour(of: $0, depth: depth) }
    #expect(colours.allSatisfy { $0 != nil })
    #expect(Set(colours).count == colours.count)
    #expect(theme.colour(of: .normal, depth: depth) == nil)
  }

  @Test(arguments: Style.Tone.allCases, Theme.Depth.allCases)
  func withThemeNoneNothingHasAColour(tone: Style.Tone, depth: Theme.Depth) {
    #expect(Theme.none.colour(of: tone, depth: depth) == nil)
  }

  @Test func colourBlindTellsNothingByRedAgainstGreen() throws {
    for depth in [Theme.Depth.eight, .sixteen] {
      let colours = Self.meanings.compactMap { Theme.colourBlind.colour(of: $0, depth: depth) }
      #expect(Set(colours).isDisjoint(with: [1, 2]))
    }
    let good = redAndGreen(try #require(Theme.colourBlind.colour(of: .good, depth: .many)))
    let danger = redAndGreen(try #require(Theme.colourBlind.colour(of: .danger, depth: .many)))
    // Blue against orange: good has no red in it, danger much.
    #expect(good.red == 0 && danger.red == 5)
    #expect(try #require(Theme.colourBlind.colour(of: .good, depth: .many)) == 33)
  }

  @Test(arguments: Theme.allCases.filter { $0 != .none })
  func aLabelHasTheColourThatThePersonNamed(theme: Theme) {
    let numbers = [Style.Tone.red, .green, .yellow, .blue, .magenta, .cyan].map { theme.colour(of: $0, depth: .many) }
    #expect(numbers == [1, 2, 3, 4, 5, 6])
  }

  @Test func theNamesAreThoseOfTheSettings() {
    #expect(Theme.allCases.map(\.rawValue) == ["auto", "dark", "light", "colour-blind", "none"])
  }
}

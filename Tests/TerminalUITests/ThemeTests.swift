import Glibc
import TerminalUI
import Testing

@Suite struct ThemeTests {
  private static let meanings: [Style.Tone] = [.accent, .good, .warning, .danger]
  /// The red and green parts, from 0 to 5, of those of xterm's 256 colours that the themes use.
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

  /// `xterm-direct` has 16,777,216 colours, of which the first eight are those of all terminals.
  @Test(arguments: [
    (8, Theme.Depth.eight), (16, .sixteen), (88, .sixteen), (256, .many), (1 << 24, .eight), (0, .eight), (-1, .eight),
  ])
  func aNumberIsAColourOfThePaletteOnlyWhereThereIsOne(colours: Int, depth: Theme.Depth) {
    #expect(Theme.Depth(colours: colours) == depth)
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

  /// The contrast of two luminances (WCAG 2.2).
  private func contrast(_ one: Double, _ other: Double) -> Double {
    (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  /// The relative luminance of one of xterm's 240 fixed colours.
  private func luminance(_ colour: Int) -> Double {
    let steps = [0, 95, 135, 175, 215, 255]
    let parts =
      colour >= 232
      ? Array(repeating: 8 + 10 * (colour - 232), count: 3)
      : [steps[(colour - 16) / 36], steps[(colour - 16) / 6 % 6], steps[(colour - 16) % 6]]
    let linear = parts.map { part in
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  @Test(arguments: [
    (Theme.dark, [0.0], 4.5), (.light, [1.0], 4.5), (.auto, [0.0, 1.0], 3), (.colourBlind, [0.0, 1.0], 3),
  ])
  func everyToneIsReadableOnTheBackgroundsThatItsThemeIsFor(theme: Theme, backgrounds: [Double], least: Double) throws {
    for tone in Self.meanings + [.muted] {
      let colour = try #require(theme.colour(of: tone, depth: .many))
      for background in backgrounds {
        let contrast = contrast(luminance(colour), background)
        #expect(contrast >= least, "\(tone) of \(theme) is \(colour), with a contrast of \(contrast)")
      }
    }
  }

  @Test func colourBlindTellsWarningFromDangerByLightness() throws {
    let warning = luminance(try #require(Theme.colourBlind.colour(of: .warning, depth: .many)))
    let danger = luminance(try #require(Theme.colourBlind.colour(of: .danger, depth: .many)))
    #expect(contrast(warning, danger) >= 1.8)
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

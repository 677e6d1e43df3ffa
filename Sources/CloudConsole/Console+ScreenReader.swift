import TerminalUI

extension Console {
  /// The last screen that was drawn for a screen reader, and what was said of it.
  struct Spoken {
    let screen: Screen
    let announcement: String
  }

  /// The screen in lines. What is said stays until there is something else to say.
  func linearFrame(of screen: Screen, textWidth: TextWidth) -> Frame {
    var screen = screen
    screen.announcement = Announcement.text(from: spoken?.screen, to: screen) ?? spoken?.announcement ?? ""
    spoken = Spoken(screen: screen, announcement: screen.announcement)
    return LinearScreen(screen: screen).render(textWidth: textWidth)
  }
}

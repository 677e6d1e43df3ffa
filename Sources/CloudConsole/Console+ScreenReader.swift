import CloudViewModels
import TerminalUI

extension Console {
  /// The last screen that was drawn for a screen reader, and what was said of it.
  struct Spoken {
    let screen: Screen
    let announcement: String
    /// The messages of this service that were said.
    let notices: Set<Notice>
  }

  /// The screen in lines. What is said stays until there is something else to say.
  func linearFrame(textWidth signs: TextWidth) -> Frame {
    // Layers are to know that signs become letters: what is asked for has to be what can be read.
    let textWidth = signs.drawingInASCII
    var screen = screen(textWidth: textWidth)
    // Another service counts its messages anew.
    let heard = spoken.map { $0.screen.header.service == screen.header.service ? $0.notices : [] } ?? []
    let announcement =
      Announcement.text(from: spoken?.screen, to: screen, heard: heard) ?? spoken?.announcement ?? ""
    screen.announcement = announcement
    let rows = LinearScreen(screen: screen).announcementLines(textWidth).count
    if rows != noticeRows {
      noticeRows = rows
      screen = self.screen(textWidth: textWidth)
      screen.announcement = announcement
    }
    spoken = Spoken(
      screen: screen, announcement: announcement, notices: heard.union([screen.notice].compactMap { $0 }))
    return LinearScreen(screen: screen).render(textWidth: textWidth)
  }

  /// What a layer has for a screen: it draws as many lines as stand between its title and what is said.
  var layerSize: Size {
    guard settings.screenReader else { return size }
    let borders = size.rows - DialogContent.compactLineCapacity(in: size)
    return Size(columns: size.columns, rows: layout.notice.row - 1 + borders)
  }
}

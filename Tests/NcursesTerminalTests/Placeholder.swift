enum NcursesTerminalTestsPlaceholder {}

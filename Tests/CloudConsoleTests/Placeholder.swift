enum CloudConsoleTestsPlaceholder {}

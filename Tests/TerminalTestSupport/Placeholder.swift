enum TerminalTestSupportPlaceholder {}

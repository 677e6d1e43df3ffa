enum CloudSimulatorTestsPlaceholder {}

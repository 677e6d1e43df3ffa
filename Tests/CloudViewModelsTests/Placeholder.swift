enum CloudViewModelsTestsPlaceholder {}

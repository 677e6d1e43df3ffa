enum CloudViewModelsPlaceholder {}

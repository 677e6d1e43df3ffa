enum CloudConsolePlaceholder {}

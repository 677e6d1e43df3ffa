import Testing

@testable import CloudViewModels

@Suite struct ByteTextTests {
  @Test(
    arguments: [
      (0, "0 Bytes"), (1, "1 Bytes"), (1023, "1023 Bytes"), (1024, "1 KB"), (1536, "1.5 KB"), (1_048_575, "1 MB"),
      (549_755_813_888, "512 GB"), (1_319_413_953_331, "1.2 TB"),
    ] as [(Int64, String)])
  func sizesAreWrittenAsTheWebPlatformWritesThem(bytes: Int64, text: String) {
    #expect(ByteText.format(bytes) == text)
  }
}

import BlinkClone
import StructuredClone
import Testing
import _CloneFixtures

/// The forms in which IndexedDB stores values.
struct IndexedDBTests {
  typealias Reason = BlinkDecodingError.Reason

  @Test func `values below 65,536 bytes are stored as they are`() {
    let value = [UInt8](repeating: 7, count: IDBValueWrapper.wrapThreshold - 1)
    #expect(IDBValueWrapper(value).bytes == value)
    #expect(IDBValueWrapper(value).wrapperBlob == nil)
  }

  @Test func `longer ones are compressed`() throws {
    let value = [UInt8](repeating: 7, count: IDBValueWrapper.wrapThreshold)
    let wrapper = IDBValueWrapper(value)
    #expect(wrapper.bytes.starts(with: [0xFF, 0x11, 0x02, 0x80, 0x80, 0x04]))
    #expect(wrapper.bytes.count < 4000)
    #expect(wrapper.wrapperBlob == nil)
    #expect(try IDBValueUnwrapper.unwrap(wrapper.bytes) == value)
  }

  /// Bytes without a pattern.
  private func noise(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: state >> 24)
    }
  }

  @Test func `what cannot be compressed is in a blob behind those of the value`() throws {
    let value = noise(70_000)
    let wrapper = IDBValueWrapper(value, blobCount: 3)
    #expect(hex(wrapper.bytes) == "ff1101" + "f0a204" + "03")
    #expect(wrapper.wrapperBlob == value)
    let blob = try #require(try IDBValueUnwrapper.wrapperBlob(of: wrapper.bytes))
    #expect(blob.size == 70_000)
    #expect(blob.index == 3)
    #expect(try IDBValueUnwrapper.unwrap(wrapper.bytes) { _ in value } == value)
    let error = try #require(throws: BlinkDecodingError.self) {
      try IDBValueUnwrapper.unwrap(wrapper.bytes)
    }
    #expect(error.reason == .missingBlob(index: 3, size: 70_000))
  }

  @Test func `a tenth must be saved`() throws {
    // The noise stays, and zeros take next to nothing.
    let little = IDBValueWrapper(noise(66_000) + [UInt8](repeating: 0, count: 7_000))
    #expect(little.bytes.starts(with: [0xFF, 0x11, 0x01]))
    #expect(little.wrapperBlob?.count == 73_000)
    let enough = IDBValueWrapper(noise(66_000) + [UInt8](repeating: 0, count: 8_000))
    #expect(enough.wrapperBlob?.starts(with: [0xFF, 0x11, 0x02]) == true)
    #expect(
      try IDBValueUnwrapper.unwrap(enough.bytes) { _ in enough.wrapperBlob }.count == 74_000)
  }

  private static let wrong: [(stored: String, reason: Reason, offset: Int)] = [
    ("ff1101", Reason.truncatedWrapper, 3), ("ff110180", .truncatedWrapper, 4),
    ("ff110101", .truncatedWrapper, 4), ("ff1101808080808001", .truncatedWrapper, 8),
    ("ff11010100", .missingBlob(index: 0, size: 1), 3), ("ff1102", .invalidCompression, 3),
    ("ff1102ff", .invalidCompression, 3), ("ff110200", .invalidCompression, 3),
    // One byte that is there, and what only claims to be.
    ("ff11020200ff", .invalidCompression, 3), ("ff11020100ffff", .invalidCompression, 3),
    ("ff1102ffffffff0f00ff", .decompressedTooLong(4_294_967_295), 3),
    ("ff1102808004", .decompressedTooLong(65_536), 3),
  ]

  @Test(arguments: wrong)
  func `what is stored wrongly is refused before there is memory for it`(
    _ wrong: (stored: String, reason: Reason, offset: Int)
  ) throws {
    let error = try #require(throws: BlinkDecodingError.self) {
      try IDBValueUnwrapper.unwrap(Fixtures.bytes(wrong.stored))
    }
    #expect(error.reason == wrong.reason)
    #expect(error.offset == wrong.offset)
  }

  @Test func `the limit is that of inputs`() throws {
    let value = [UInt8](repeating: 7, count: 100_000)
    let stored = IDBValueWrapper(value).bytes
    #expect(
      try IDBValueUnwrapper.unwrap(stored, limits: CloneLimits(inputSize: 100_000)) == value)
    let error = try #require(throws: BlinkDecodingError.self) {
      try IDBValueUnwrapper.unwrap(stored, limits: CloneLimits(inputSize: 99_999))
    }
    #expect(error.reason == .decompressedTooLong(100_000))
    #expect(
      error.description
        == "Unable to deserialize cloned data. (offset 3: 100000 bytes are more than limits.inputSize allows, or than so short a block can hold)"
    )
  }

  @Test func `wrappers are not nested`() throws {
    // A blob whose content pretends to be in a blob is no value.
    let stored = Fixtures.bytes("ff11010500")
    let content = Fixtures.bytes("ff11010100")
    let bytes = try IDBValueUnwrapper.unwrap(stored) { _ in content }
    #expect(bytes == content)
    #expect(throws: BlinkDecodingError.self) { try SerializedScriptValue.deserialize(bytes) }
    // An empty blob is no value either.
    #expect(throws: BlinkDecodingError.self) {
      try IDBValueUnwrapper.unwrap(Fixtures.bytes("ff11010000")) { _ in [] }
    }
  }
}

import BlinkClone
import StructuredClone
import Testing
import _CloneFixtures

/// What the README shows of this module, and prints.
struct BlinkReadmeTests {
  @Test func `an image`() throws {
    let pixels: [UInt8] = [255, 128, 0, 255]
    let image = BlinkHostObject.imageData(.init(width: 1, height: 1, pixels: pixels[...]))
    let bytes = try SerializedScriptValue.serialize(["icon": image.makeValue()])
    #expect(
      hex(bytes)
        == "ff15fe000000000000002800000006ff106f220469636f6e5c230101030000010104ff8000ff7b01a00000000123"
    )
    let value = try SerializedScriptValue.deserialize(bytes)
    guard case .imageData(let read)? = BlinkHostObject(value["icon"]) else {
      Issue.record("no image")
      return
    }
    #expect(Array(read.pixels) == pixels)
    let stored = IDBValueWrapper(bytes)
    #expect(try IDBValueUnwrapper.unwrap(stored.bytes) { _ in stored.wrapperBlob } == bytes)
    let error = try #require(throws: BlinkDecodingError.self) {
      try SerializedScriptValue.deserialize(Array(bytes.prefix(35)))
    }
    #expect(
      "\(error)"
        == "Unable to deserialize cloned data. (offset 34, tag 0x5c '\\', at $.icon: a length of 4 is more than the input still holds)"
    )
  }
}

import StructuredClone
import Testing
import _CloneFixtures

struct TransferTests {
  private let bytes: [UInt8] = [1, 2, 3, 4]

  @Test func `a listed buffer moves, with every view on it`() throws {
    let buffer = CloneArrayBuffer(bytes)
    let view = try #require(CloneArrayBufferView(.uint16, on: buffer, byteOffset: 2))
    var value: CloneValue = [
      "view": .arrayBufferView(view), "buffer": .arrayBuffer(buffer), "n": 1,
    ]
    let copy = value
    let clone = try structuredClone(&value, transfer: [.arrayBuffer(buffer)])

    #expect(value["buffer"].arrayBuffer?.isDetached == true)
    #expect(value["view"].arrayBufferView?.byteLength == 0)
    #expect(value["n"] == 1)
    #expect(clone["view"][0] == 0x0403)
    #expect(clone["view"].arrayBufferView?.buffer === clone["buffer"])
    #expect(copy["buffer"].arrayBuffer?.isDetached == false)
    #expect(clone !== copy)
    let error = try #require(throws: DataCloneError.self) { try value.encoded() }
    #expect(error.message == "An ArrayBuffer is detached and could not be cloned.")
    #expect(error.path.description == "$.view.buffer" || error.path.description == "$.view")
  }

  @Test func `an unlisted buffer is cloned`() throws {
    var value: CloneValue = [.arrayBuffer(CloneArrayBuffer(bytes))]
    let clone = try structuredClone(&value)
    #expect(clone == value)
    #expect(clone[0] !== value[0])
  }

  @Test func `entries are checked in order before anything changes`() throws {
    let buffer = CloneValue.arrayBuffer(CloneArrayBuffer(bytes))
    let shared = CloneValue.sharedArrayBuffer(CloneSharedArrayBuffer(cloneID: 0, byteLength: 8))
    let cases: [(CloneValue, [CloneValue], DataCloneError.Reason, String)] = [
      (
        [buffer], [buffer, buffer], .duplicateTransfer(1),
        "ArrayBuffer at index 1 is a duplicate of an earlier ArrayBuffer."
      ),
      (
        [buffer], [buffer, shared], .sharedBufferTransfer(1),
        "SharedArrayBuffer can not be in transfer list."
      ),
      ([buffer], [1], .untransferable(0), "Value at index 0 does not have a transferable type."),
      (
        [buffer, .uncloneable(CloneUncloneable(.function))], [buffer], .uncloneable,
        "()=>{} could not be cloned."
      ),
    ]
    for (original, transfer, reason, message) in cases {
      var value = original
      let error = try #require(throws: DataCloneError.self) {
        try structuredClone(&value, transfer: transfer)
      }
      #expect(error.reason == reason)
      #expect(error.message == message)
      #expect(value === original)
      #expect(value[0].arrayBuffer?.isDetached == false)
    }
  }

  @Test func `a detached entry is refused after the value was checked`() throws {
    let buffer = CloneValue.arrayBuffer(CloneArrayBuffer(bytes))
    var value: CloneValue = [buffer]
    _ = try structuredClone(&value, transfer: [buffer])
    let detached = value[0]
    let error = try #require(throws: DataCloneError.self) {
      try structuredClone(&value, transfer: [detached])
    }
    #expect(error.reason == .detachedBuffer)
    #expect(error.message == "ArrayBuffer at index 0 is already detached.")
  }

  @Test func `a serializer writes a registered buffer as its id and does not detach it`() throws {
    let buffer = CloneArrayBuffer(bytes)
    let view = try #require(CloneArrayBufferView(.uint8, on: buffer))
    var serializer = ValueSerializer()
    serializer.transferArrayBuffer(7, buffer)
    serializer.writeHeader()
    try serializer.writeValue([.arrayBufferView(view), .arrayBuffer(buffer)])
    let written = serializer.release()
    #expect(hex(written) == "ff0f4102" + "74075642000400" + "5e01" + "240002")
    #expect(!buffer.isDetached)

    var deserializer = ValueDeserializer(written)
    deserializer.transferArrayBuffer(7, CloneArrayBuffer([9, 8, 7, 6]))
    try deserializer.readHeader()
    let value = try deserializer.readValue()
    #expect(value[0][0] == 9)
    #expect(value[0].arrayBufferView?.buffer === value[1])
  }

  @Test func `a large buffer moves without being copied`() throws {
    let buffer = CloneValue.arrayBuffer(CloneArrayBuffer([UInt8](repeating: 7, count: 64 << 20)))
    var value: CloneValue = ["b": buffer]
    let clone = try structuredClone(&value, transfer: [buffer])
    let original = try #require(buffer.arrayBuffer).bytes
    let moved = try #require(clone["b"].arrayBuffer).bytes
    // The same storage: the addresses are only compared.
    let isSame = unsafe original.withUnsafeBytes { left in
      unsafe moved.withUnsafeBytes { right in unsafe left.baseAddress == right.baseAddress }
    }
    #expect(isSame)
  }
}

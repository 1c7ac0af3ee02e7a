import CloneGeneration
import NIOCore
import StructuredClone
import StructuredCloneNIO
import Testing

/// Payloads in SwiftNIO's buffers.
struct NIOTests {
  @Test func `what is written is read`() throws {
    var buffer = ByteBuffer()
    buffer.writeInteger(UInt8(7))
    buffer.moveReaderIndex(forwardBy: 1)
    var lengths: [Int] = []
    var values: [CloneValue] = []
    for index in 0..<200 {
      let value = ValueGenerator.value(seed: 3, index: index)
      guard let bytes = try? value.encoded() else { continue }
      lengths.append(try buffer.writeCloneValue(value))
      #expect(lengths.last == bytes.count)
      #expect(buffer.getBytes(at: buffer.writerIndex - bytes.count, length: bytes.count) == bytes)
      values.append(value)
    }
    #expect(values.count > 100)
    let first = try CloneValue(decoding: buffer)
    #expect(first == values[0])
    #expect(CloneArrayBuffer(buffer).byteLength == buffer.readableBytes)
    for (length, value) in zip(lengths, values) {
      #expect(try buffer.getCloneValue(at: buffer.readerIndex, length: length) == value)
      #expect(try buffer.readCloneValue(length: length) == value)
    }
    #expect(buffer.readableBytes == 0)
    #expect(try buffer.readCloneValue(length: 1) == nil)
  }

  @Test func `a buffer with room is not made larger`() throws {
    let value = CloneValue((0..<1000).map { CloneValue("item \($0)") })
    let size = try value.encodedSize()
    var buffer = ByteBuffer()
    buffer.reserveCapacity(size)
    let capacity = buffer.capacity
    #expect(try buffer.writeCloneValue(value) == size)
    #expect(buffer.capacity == capacity)
  }

  @Test func `errors leave the indices as they were`() throws {
    var buffer = ByteBuffer(bytes: [1, 0xFF, 15, 0x41, 1, 1])
    buffer.moveReaderIndex(forwardBy: 1)
    let refused = try #require(throws: CloneDecodingError.self) {
      try buffer.readCloneValue(length: 5)
    }
    #expect(refused.offset == 4)
    #expect(buffer.readerIndex == 1)
    let function: CloneValue = ["f": .uncloneable(CloneUncloneable(.function))]
    let error = try #require(throws: DataCloneError.self) { try buffer.writeCloneValue(function) }
    #expect("\(error)" == "()=>{} could not be cloned. (at $.f)")
    #expect(buffer.writerIndex == 6)
  }

  @Test func `the profile is kept`() throws {
    var buffer = ByteBuffer()
    try buffer.writeCloneValue([1], profile: .node14)
    #expect(Array(buffer.readableBytesView) == [0xFF, 13, 0x41, 1, 0x49, 2, 0x24, 0, 1])
    let resizable = ByteBuffer(bytes: [0xFF, 15, 0x7E, 1, 4, 0])
    #expect(throws: CloneDecodingError.self) {
      try CloneValue(decoding: resizable, profile: .node18)
    }
  }
}

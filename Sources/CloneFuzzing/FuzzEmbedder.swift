import StructuredClone

/// An embedder that has something for everything. A host object begins with a byte that says what it is, and is
/// written again as it was read.
struct FuzzEmbedder: ValueDeserializerDelegate, ValueSerializerDelegate {
  func readHostObject(
    from reader: inout HostObjectReader
  ) throws(CloneDecodingError) -> HostObjectContent {
    switch try reader.readUInt32() % 8 {
    case 0:
      return .receiver(
        .hostObject(
          CloneHostObject(interface: "Number", payload: .number(try reader.readDouble()))))
    case 1: return .payloadFollows(interface: "Box")
    case 2: return .valueFollows
    case 3:
      let integer = CloneBigInt(try reader.readUInt64())
      return .receiver(
        .hostObject(CloneHostObject(interface: "Integer", payload: .bigint(integer))))
    case 4:
      let length = Int(try reader.readUInt32())
      let bytes = Array(try reader.readRawBytes(length))
      return .receiver(.arrayBuffer(CloneArrayBuffer(bytes)))
    case 5: return .receiver(1)
    case 6: return .receiver(.object(CloneObject()))
    default: throw reader.error("unknown at \(reader.position) in \(reader.wireFormatVersion)")
    }
  }

  func writeHostObject(
    _ object: CloneHostObject, to writer: inout HostObjectWriter
  ) throws(DataCloneError) -> HostObjectCompletion {
    switch (object.interface, object.payload) {
    case ("Number", .number(let number)):
      writer.writeUInt32(0)
      writer.writeDouble(number)
      return .complete
    case ("Box", _):
      writer.writeUInt32(1)
      return .payloadFollows
    case ("Integer", .bigint(let integer)):
      guard let integer = UInt64(exactly: integer) else { throw writer.refusal("too wide") }
      writer.writeUInt32(3)
      writer.writeUInt64(integer)
      return .complete
    default: throw writer.refusal("#<\(object.interface)> could not be cloned.")
    }
  }

  func sharedArrayBuffer(cloneID: UInt32) -> CloneSharedArrayBuffer? {
    switch cloneID {
    case 0..<4: CloneSharedArrayBuffer(cloneID: cloneID, byteLength: 8)
    case 4..<8: CloneSharedArrayBuffer(cloneID: cloneID, byteLength: 4, maxByteLength: 16)
    default: nil
    }
  }

  func wasmModule(transferID: UInt32) -> CloneWasmModule? {
    transferID < 8 ? CloneWasmModule(transferID: transferID) : nil
  }

  func sharedObject(index: UInt32) -> CloneSharedObject? {
    index < 8 ? CloneSharedObject(index: index) : nil
  }

  func cloneID(of buffer: CloneSharedArrayBuffer) -> UInt32? { buffer.cloneID }
  func transferID(of module: CloneWasmModule) -> UInt32? { module.transferID }
  func index(of object: CloneSharedObject) -> UInt32? { object.index }

  /// Buffers that are easily found: the value, its elements and properties, and those of views.
  static func buffers(in value: CloneValue) -> [CloneValue] {
    var candidates = [value]
    if let array = value.array { candidates += array.presentIndices.prefix(16).map { array[$0] } }
    if let object = value.object { candidates += object.values.prefix(16) }
    return candidates.compactMap {
      switch $0 {
      case .arrayBuffer: $0
      case .arrayBufferView(let view): view.buffer
      default: nil
      }
    }
  }
}

/// An embedder that leaves everything to the defaults.
struct IgnorantEmbedder: ValueDeserializerDelegate, ValueSerializerDelegate {}

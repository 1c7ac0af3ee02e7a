import StructuredClone

/// A delegate that resolves everything, and reads host objects in a way that depends on their first byte.
struct ResolvingDelegate: ValueDeserializerDelegate {
  func readHostObject(
    from reader: inout HostObjectReader
  ) throws(CloneDecodingError) -> HostObjectContent {
    switch try reader.readUInt32() % 8 {
    case 0: return .payloadFollows(interface: "Blob")
    case 1: return .valueFollows
    case 2:
      _ = try reader.readDouble()
      return .receiver(.arrayBuffer(CloneArrayBuffer([1, 2, 3, 4, 5, 6, 7, 8])))
    case 3:
      return .receiver(.array([.null, .hostObject(CloneHostObject(interface: "", payload: 1))]))
    case 4:
      _ = try reader.readRawBytes(Int(truncatingIfNeeded: reader.readUInt64()))
      return .receiver([:])
    case 5: return .receiver(1)
    case 6: throw reader.error("refused")
    default: return .receiver(.sharedArrayBuffer(CloneSharedArrayBuffer(cloneID: 0, byteLength: 8)))
    }
  }

  func sharedArrayBuffer(cloneID: UInt32) -> CloneSharedArrayBuffer? {
    CloneSharedArrayBuffer(
      cloneID: cloneID, byteLength: 8, maxByteLength: cloneID % 3 == 0 ? 16 : nil,
      isWasmMemory: cloneID % 2 == 0)
  }

  func wasmModule(transferID: UInt32) -> CloneWasmModule? {
    CloneWasmModule(transferID: transferID)
  }

  func sharedObject(index: UInt32) -> CloneSharedObject? { CloneSharedObject(index: index) }
}

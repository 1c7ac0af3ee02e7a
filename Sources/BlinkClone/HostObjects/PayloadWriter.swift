import StructuredClone

/// Writes what stands behind the tag of a host object.
struct PayloadWriter {
  var wire = HostObjectWriter()
  /// Blink's version.
  let version: UInt32

  mutating func write(_ tag: SerializationTag) { writeByte(tag.rawValue) }

  mutating func writeByte(_ byte: UInt8) { wire.writeRawBytes(CollectionOfOne(byte)) }

  mutating func writeUInt32(_ value: UInt32) { wire.writeUInt32(value) }

  mutating func writeUInt64(_ value: UInt64) { wire.writeUInt64(value) }

  mutating func writeDouble(_ value: Double) { wire.writeDouble(value) }

  mutating func writeDoubles(_ values: [Double]) { for value in values { writeDouble(value) } }

  mutating func writeBytes(_ bytes: some Sequence<UInt8>) { wire.writeRawBytes(bytes) }

  mutating func writeString(_ string: String) {
    writeUInt32(UInt32(clamping: string.utf8.count))
    writeBytes(string.utf8)
  }

  mutating func writeBit(_ bit: Bool) { writeUInt32(bit ? 1 : 0) }
}

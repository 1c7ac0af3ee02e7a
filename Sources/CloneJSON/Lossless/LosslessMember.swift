/// The names of the members behind `$` in the lossless form.
enum LosslessMember: String {
  case id, value, bits, twoByte
  case version, stackBeforeCause, viewFlags
  case properties, elements, length, entries, values
  case time, source, flags, name, message, stack, cause
  case base64, maxByteLength, immutable, detached
  case cloneID, byteLength, wasmMemory, buffer, byteOffset
  case interface, layout, payload, transferID, maximumPages, memory64, index
  case reason, description
}

import StructuredClone

/// What stands before the contents of each kind of receiver.
extension ValueText {
  mutating func addReceiver(_ value: CloneValue) {
    switch value {
    case .object(let object): open(.object, value, isEmpty: object.isEmpty)
    case .array(let array):
      open(.array, value, isEmpty: array.count == 0 && array.properties.isEmpty)
    case .map(let map): open(.object, value, name: "Map(\(map.count))", isEmpty: map.isEmpty)
    case .set(let set): open(.object, value, name: "Set(\(set.count))", isEmpty: set.isEmpty)
    case .error(let error): addError(error)
    case .arrayBuffer(let buffer):
      openFrame(.parts, value, name: "ArrayBuffer")
      addParts(of: buffer)
    case .sharedArrayBuffer(let buffer):
      openFrame(.parts, value, name: "SharedArrayBuffer")
      addEntry(entry("[id]", Int(buffer.cloneID)))
      addEntry(entry("byteLength", buffer.byteLength))
      if buffer.isGrowable { addEntry(entry("maxByteLength", buffer.maxByteLength)) }
    case .arrayBufferView(let view): addView(view)
    case .hostObject(let object):
      if let text = hostObjectText?(object) {
        layout.append(style(.special, sanitized(CloneString(text))))
        return
      }
      let base = style(.special, "[host object \(sanitized(object.interface))]")
      openFrame(.parts, value, base: base)
    case .wasmMemory(let memory):
      openFrame(.parts, value, name: "WebAssembly.Memory")
      addEntry(entry("maximumPages", Int(memory.maximumPages)))
      if memory.isMemory64 { addEntry(flag("memory64")) }
    default: layout.append(leafText(value))
    }
  }

  /// Opens a container, or adds one without entries whole.
  private mutating func open(
    _ kind: Frame.Kind, _ value: CloneValue, name: String = "", isEmpty: Bool
  ) {
    guard isEmpty else {
      openFrame(kind, value, name: name)
      return
    }
    layout.append(StyledText((name.isEmpty ? "" : name + " ") + kind.opening + kind.closing))
  }

  private mutating func addParts(of buffer: CloneArrayBuffer) {
    if buffer.isDetached {
      addEntry(style(.special, "(detached)"))
    } else {
      addEntry(style(.special, "[Uint8Contents]") + StyledText(": <\(bytesText(buffer.bytes))>"))
    }
    addEntry(entry("byteLength", buffer.byteLength))
    if buffer.isResizable { addEntry(entry("maxByteLength", buffer.maxByteLength)) }
    if buffer.isImmutable { addEntry(flag("immutable")) }
  }
}

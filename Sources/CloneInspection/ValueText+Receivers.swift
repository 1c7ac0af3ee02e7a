import StructuredClone

/// What stands before the contents of each kind of receiver.
extension ValueText {
  mutating func addReceiver(_ value: CloneValue, number: Int?) {
    let contents = value.contents(limit: options.mostItems)
    switch value {
    case .object(let object):
      open(.object, isEmpty: object.isEmpty, contents: contents, number: number)
    case .array(let array):
      open(
        .array, isEmpty: array.count == 0 && array.properties.isEmpty, contents: contents,
        number: number)
    case .map(let map):
      open(
        .object, name: "Map(\(map.count))", isEmpty: map.isEmpty, contents: contents, number: number
      )
    case .set(let set):
      open(
        .object, name: "Set(\(set.count))", isEmpty: set.isEmpty, contents: contents, number: number
      )
    case .error(let error): addError(error, contents: contents, number: number)
    case .arrayBuffer(let buffer):
      openFrame(.parts, name: "ArrayBuffer", contents: contents, number: number)
      addParts(of: buffer)
    case .sharedArrayBuffer(let buffer):
      openFrame(.parts, name: "SharedArrayBuffer", contents: contents, number: number)
      addEntry(entry("[id]", Int(buffer.cloneID)))
      addEntry(entry("byteLength", buffer.byteLength))
      if buffer.isGrowable { addEntry(entry("maxByteLength", buffer.maxByteLength)) }
    case .arrayBufferView(let view): addView(view, contents: contents, number: number)
    case .hostObject(let object):
      let base = style(.special, "[host object \(sanitized(object.interface))]")
      openFrame(.parts, base: [.text(base)], contents: contents, number: number)
    case .wasmMemory(let memory):
      openFrame(.parts, name: "WebAssembly.Memory", contents: contents, number: number)
      addEntry(entry("maximumPages", Int(memory.maximumPages)))
      if memory.isMemory64 { addEntry(flag("memory64")) }
    default: layout.append(leafText(value))
    }
  }

  /// Opens a container, or adds one without entries whole.
  private mutating func open(
    _ kind: Frame.Kind, name: String = "", isEmpty: Bool, contents: Contents, number: Int?
  ) {
    guard isEmpty else {
      openFrame(kind, name: name, contents: contents, number: number)
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

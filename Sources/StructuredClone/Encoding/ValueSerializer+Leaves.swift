/// Boxed primitives, regular expressions, buffers, views and host objects.
extension ValueSerializer {
  mutating func writeBoxedPrimitive(_ receiver: Receiver) throws(DataCloneError) {
    switch CloneBoxedPrimitive(receiver).primitive {
    case .boolean(let value): output.append(value ? WireTag.trueObject : WireTag.falseObject)
    case .number(let number):
      output.append(WireTag.numberObject)
      let cell = receiver.cell(0)
      if cell.tag == .nan {
        writeNaN(cell, of: receiver.graph)
      } else {
        WireWriter.append(number, to: &output)
      }
    case .bigint(let integer): try writeBigInt(integer, tag: WireTag.bigintObject)
    case .string(let string):
      output.append(WireTag.stringObject)
      WireWriter.append(string, to: &output)
    default: break
    }
  }

  mutating func writeRegExp(_ receiver: Receiver) throws(DataCloneError) {
    let regExp = CloneRegExp(receiver)
    let hasBoth = regExp.flags.isSuperset(of: [.unicode, .unicodeSets])
    guard regExp.flags.rawValue & ~profile.regExpFlags == 0,
      !hasBoth || isFaithful || profile.writesUnicodeWithUnicodeSets
    else {
      throw unsupported("a regular expression with the flags \(regExp.flags.letters)", "#<RegExp>")
    }
    output.append(WireTag.regExp)
    WireWriter.append(
      isFaithful ? regExp.source : profile.writtenRegExpSource(regExp.source), to: &output)
    Varint.append(UInt64(regExp.flags.rawValue), to: &output)
  }

  mutating func writeArrayBuffer(_ receiver: Receiver) throws(DataCloneError) {
    let buffer = CloneArrayBuffer(receiver)
    if let id = transfers[CloneIdentity(receiver: receiver)] {
      output.append(WireTag.arrayBufferTransfer)
      Varint.append(UInt64(id), to: &output)
      return
    }
    if buffer.isDetached {
      throw DataCloneError.detachedBuffer(path: path)
    }
    if buffer.isResizable {
      guard profile.resizableBuffers else {
        throw unsupported("a resizable buffer", "#<ArrayBuffer>")
      }
      guard profile.sizesHave64Bits || UInt32(exactly: buffer.maxByteLength) != nil else {
        throw DataCloneError(
          .tooLong, message: "#<ArrayBuffer> could not be cloned.", path: path)
      }
      output.append(WireTag.resizableArrayBuffer)
      Varint.append(UInt64(buffer.byteLength), to: &output)
      Varint.append(UInt64(buffer.maxByteLength), to: &output)
    } else {
      let isImmutable = buffer.isImmutable && profile.immutableBuffers
      output.append(isImmutable ? WireTag.immutableArrayBuffer : WireTag.arrayBuffer)
      Varint.append(UInt64(buffer.byteLength), to: &output)
    }
    output.append(contentsOf: buffer.bytes)
  }

  mutating func writeView(_ receiver: Receiver) throws(DataCloneError) {
    let view = CloneArrayBufferView(receiver)
    if view.kind == .float16, !profile.float16 {
      throw unsupported("a Float16Array", "#<Float16Array>")
    }
    output.append(WireTag.arrayBufferView)
    var isResizable = false
    if case .arrayBuffer(let buffer) = view.buffer {
      isResizable = buffer.isResizable
      // A transferred buffer may have no bytes any more; what is written of the view does not depend on it.
      if view.isOutOfBounds, !buffer.isDetached {
        throw DataCloneError.outOfBounds(view.kind, path: path)
      }
    }
    output.append(view.kind.rawValue)
    Varint.append(UInt64(view.byteOffset), to: &output)
    Varint.append(UInt64(receiver.cell(2).number ?? 0), to: &output)
    if format.viewFlags {
      var flags: UInt32 = (view.isLengthTracking ? 1 : 0) | (isResizable ? 2 : 0)
      // What an engine without checks has read, it writes.
      if isFaithful || !profile.checksViewFlags { flags |= receiver.record.extra }
      Varint.append(UInt64(flags), to: &output)
    }
  }

  mutating func writeHostObject(
    _ receiver: Receiver, _ ordinal: Int
  ) throws(DataCloneError) {
    let object = CloneHostObject(receiver)
    guard let delegate else { throw refusal("#<\(object.interface)>") }
    output.append(WireTag.hostObject)
    var writer = HostObjectWriter(bytes: output)
    output = []
    let completion: HostObjectCompletion
    do {
      completion = try delegate.writeHostObject(object, to: &writer)
    } catch {
      output = writer.bytes
      var error = error
      error.path = path
      throw error
    }
    output = writer.bytes
    if case .payloadFollows = completion { try push(receiver, ordinal, order: nil) }
  }

  /// Writes the payload of a host object, once.
  mutating func writePayload(
    in graph: CloneGraph, _ record: Record
  ) throws(DataCloneError) {
    let top = frames.count - 1
    guard frames[top].next == 0 else {
      frames.removeLast()
      return
    }
    frames[top].next = 1
    try write(graph.cells[Int(record.start) + 1], in: graph)
  }
}

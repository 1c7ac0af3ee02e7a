/// Boxed primitives, regular expressions, buffers, views and host objects.
extension ValueSerializer {
  mutating func writeBoxedPrimitive(
    _ receiver: Receiver, _ walk: inout WritingWalk
  ) throws(DataCloneError) {
    switch CloneBoxedPrimitive(receiver).primitive {
    case .boolean(let value): walk.writer.append(value ? WireTag.trueObject : WireTag.falseObject)
    case .number(let number):
      walk.writer.append(WireTag.numberObject)
      let cell = receiver.cell(0)
      if cell.tag == .nan {
        writeNaN(cell, of: receiver.graph, &walk.writer)
      } else {
        walk.writer.append(double: number)
      }
    case .bigint(let integer): try writeBigInt(integer, tag: WireTag.bigintObject, &walk)
    case .string(let string):
      walk.writer.append(WireTag.stringObject)
      walk.writer.append(string)
    default: break
    }
  }

  mutating func writeRegExp(_ receiver: Receiver, _ walk: inout WritingWalk) throws(DataCloneError)
  {
    let regExp = CloneRegExp(receiver)
    let source = regExp.source
    let flags = regExp.flags
    let rules = profile.rules
    let hasBoth = flags.isSuperset(of: [.unicode, .unicodeSets])
    guard flags.rawValue & ~rules.regExpFlags == 0,
      !hasBoth || isFaithful || rules.writesUnicodeWithUnicodeSets
    else {
      throw unsupported(
        "a regular expression with the flags \(flags.letters)", "#<RegExp>", walk)
    }
    walk.writer.append(WireTag.regExp)
    walk.writer.append(
      isFaithful
        ? source
        : CloneRegExp.writtenSource(source, isEscaped: rules.escapesRegExpSource))
    walk.writer.append(varint: UInt64(flags.rawValue))
  }

  mutating func writeArrayBuffer(
    _ receiver: Receiver, _ walk: inout WritingWalk
  ) throws(DataCloneError) {
    let buffer = CloneArrayBuffer(receiver)
    if let id = transfers[CloneIdentity(receiver: receiver)] {
      walk.writer.append(WireTag.arrayBufferTransfer)
      walk.writer.append(varint: UInt64(id))
      return
    }
    if buffer.isDetached {
      throw DataCloneError.detachedBuffer(path: path(of: walk))
    }
    if buffer.isResizable {
      guard profile.rules.resizableBuffers else {
        throw unsupported("a resizable buffer", "#<ArrayBuffer>", walk)
      }
      guard profile.rules.sizesHave64Bits || UInt32(exactly: buffer.maxByteLength) != nil else {
        throw DataCloneError(
          .tooLong, message: "#<ArrayBuffer> could not be cloned.", path: path(of: walk))
      }
      walk.writer.append(WireTag.resizableArrayBuffer)
      walk.writer.append(varint: UInt64(buffer.byteLength))
      walk.writer.append(varint: UInt64(buffer.maxByteLength))
    } else {
      let isImmutable = buffer.isImmutable && profile.rules.immutableBuffers
      walk.writer.append(isImmutable ? WireTag.immutableArrayBuffer : WireTag.arrayBuffer)
      walk.writer.append(varint: UInt64(buffer.byteLength))
    }
    walk.writer.append(contentsOf: buffer.bytes)
  }

  mutating func writeView(_ receiver: Receiver, _ walk: inout WritingWalk) throws(DataCloneError) {
    let view = CloneArrayBufferView(receiver)
    if treatsArrayBufferViewsAsHostObjects {
      if let number = hostObjectViews?.numbers.number(of: view.kind),
        writeHostObjectView(view, number, &walk.writer)
      {
        return
      }
      return try writeHostObject(view, &walk)
    }
    if view.kind == .float16, !profile.rules.float16 {
      throw unsupported("a Float16Array", "#<Float16Array>", walk)
    }
    walk.writer.append(WireTag.arrayBufferView)
    var isResizable = false
    if case .arrayBuffer(let buffer) = view.buffer {
      isResizable = buffer.isResizable
      // A transferred buffer may have no bytes any more; what is written of the view does not depend on it.
      if view.isOutOfBounds, !buffer.isDetached {
        throw DataCloneError.outOfBounds(view.kind, path: path(of: walk))
      }
    }
    walk.writer.append(view.kind.rawValue)
    walk.writer.append(varint: UInt64(view.byteOffset))
    walk.writer.append(varint: UInt64(receiver.cell(2).number ?? 0))
    if format.viewFlags {
      var flags: UInt32 = (view.isLengthTracking ? 1 : 0) | (isResizable ? 2 : 0)
      // What an engine without checks has read, it writes.
      if isFaithful || !profile.rules.checksViewFlags { flags |= receiver.record.extra }
      walk.writer.append(varint: UInt64(flags))
    }
  }

  mutating func writeHostObject(
    _ receiver: Receiver, _ walk: inout WritingWalk
  ) throws(DataCloneError) {
    let object = CloneHostObject(receiver)
    if let layout = hostObjectViews, case .arrayBufferView(let view) = object.payload,
      view.kind == layout.numbers.kind(layout.numbers.wrappedNumber),
      object.interface == layout.interface,
      writeHostObjectView(view, layout.numbers.wrappedNumber, &walk.writer)
    {
      return
    }
    guard let delegate else { throw refusal("#<\(object.interface)>", walk) }
    let completion = try writeHostObject(&walk) { writer throws(DataCloneError) in
      try delegate.writeHostObject(object, to: &writer)
    }
    if case .payloadFollows = completion {
      try push(receiver.index, of: receiver.graph.access, .payload, &walk)
    }
  }

  /// Writes a view as the delegate of ``hostObjectViews`` does; `false`, and nothing is written, if that refuses it.
  private func writeHostObjectView(
    _ view: CloneArrayBufferView, _ number: UInt8, _ writer: inout WireWriter
  ) -> Bool {
    guard let layout = hostObjectViews, case .arrayBuffer(let buffer) = view.buffer,
      !buffer.isDetached
    else { return false }
    let bytes = view.bytes
    writer.append(WireTag.hostObject)
    if let prefix = UInt8(exactly: layout.numbers.prefix) { writer.append(prefix) }
    writer.append(number)
    writer.append(varint: UInt64(bytes.count))
    writer.append(contentsOf: bytes)
    return true
  }

  private mutating func writeHostObject(
    _ view: CloneArrayBufferView, _ walk: inout WritingWalk
  ) throws(DataCloneError) {
    guard let delegate else { throw refusal("#<\(view.kind)>", walk) }
    try writeHostObject(&walk) { writer throws(DataCloneError) in
      try delegate.writeHostObject(view, to: &writer)
    }
  }

  /// Writes the tag of a host object and what a delegate writes behind it.
  private mutating func writeHostObject<Result>(
    _ walk: inout WritingWalk,
    _ body: (inout HostObjectWriter) throws(DataCloneError) -> Result
  ) throws(DataCloneError) -> Result {
    walk.writer.append(WireTag.hostObject)
    var writer = HostObjectWriter()
    do {
      let result = try body(&writer)
      walk.writer.append(contentsOf: writer.bytes[...])
      return result
    } catch {
      walk.writer.append(contentsOf: writer.bytes[...])
      var error = error
      error.path = path(of: walk)
      throw error
    }
  }
}

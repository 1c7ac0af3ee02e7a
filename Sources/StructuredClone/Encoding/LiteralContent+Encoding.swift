extension LiteralContent {
  /// The bytes of a payload, if ``WireWriter/append(_:)`` writes it as an engine does, so many levels may be open, and there is
  /// not much of it.
  ///
  /// What it takes to write any value takes as long as to write a small message.
  func payload(by rules: EngineRules, depth: Int) -> [UInt8]? {
    guard LiteralContent.isWritten(by: rules), Int(levels) <= depth,
      count <= LiteralContent.mostOfSmall
    else { return nil }
    return WireWriter.smallPayload { writer in
      var writer = writer
      writer.append(WireTag.version)
      writer.append(varint: UInt64(rules.format.version))
      writer.append(self)
      return writer
    }
  }

  /// The most elements of what is supposed to be small.
  private static let mostOfSmall = 64

  /// Whether ``WireWriter/append(_:)`` writes literals as an engine does: every integer of 32 bits as one.
  @inline(__always)
  static func isWritten(by rules: EngineRules) -> Bool { rules.smallIntegerBits == 32 }
}

extension WritingWalk {
  /// Writes the literal of a graph that has one, if that may be done; else its cells are there afterwards.
  @inline(never)
  mutating func append(literalOf graph: Unmanaged<CloneGraph>) -> Bool {
    unsafe graph._withUnsafeGuaranteedRef { graph in
      if frames.count - propertyFrames + Int(graph.literalLevels) <= literalDepth,
        let literal = graph.literal
      {
        writer.append(literal)
        return true
      }
      graph.makeMissingCells()
      return false
    }
  }
}

/// Written from pointers to what the array holds: nothing is retained to look at it (Documentation/Performance.md).
extension WireWriter {
  /// Writes what a literal lists, with all that it contains, where nobody asks for ids and ``LiteralContent/isWritten(by:)``.
  ///
  /// It calls itself for what is inside, ``LiteralContent/mostLevels`` times at most.
  mutating func append(_ literal: LiteralContent) {
    var room = WritingRoom(of: self)
    room.ensure(of: &self)
    switch literal.list {
    case .elements(let elements):
      room.write(tag: WireTag.beginDenseArray, elements.count)
      // The pointers do not leave the closures.
      unsafe elements.withUnsafeBufferPointer { elements in
        for index in elements.indices { unsafe append(plain: elements[index], &room) }
      }
      room.write(endOfArray: elements.count)
    case .properties(let properties):
      room.write(tag: WireTag.beginObject)
      unsafe properties.withUnsafeBufferPointer { properties in
        for index in properties.indices {
          guard case .name(let name) = unsafe properties[index].0.form else {
            preconditionFailure("plain content has no indices")
          }
          append(name, &room)
          unsafe append(plain: properties[index].1, &room)
        }
      }
      room.write(tag: WireTag.endObject, properties.count)
    }
    room.save(&self)
  }

  /// Writes a value, and has room for any cell behind it.
  @inline(__always)
  private mutating func append(plain value: CloneValue, _ room: inout WritingRoom) {
    switch value {
    case .undefined: room.write(tag: WireTag.undefined)
    case .null: room.write(tag: WireTag.null)
    case .boolean(let value): room.write(tag: value ? WireTag.true : WireTag.false)
    case .number(let number):
      if let integer = Cell.integer(number) {
        room.write(integer: integer)
      } else {
        room.write(tag: WireTag.double, bits: Cell.double(number).bits)
      }
    case .string(let string): return append(string, &room)
    case .object(let object): return append(contentOf: object.receiver.graph, &room)
    case .array(let array): return append(contentOf: array.receiver.graph, &room)
    default: preconditionFailure("plain content has no other values")
    }
    room.ensure(of: &self)
  }

  private mutating func append(contentOf graph: CloneGraph, _ room: inout WritingRoom) {
    guard let literal = graph.literal else {
      preconditionFailure("plain content has plain content only")
    }
    room.save(&self)
    append(literal)
    room = WritingRoom(of: self)
    room.ensure(of: &self)
  }

  @inline(__always)
  private mutating func append(_ string: CloneString, _ room: inout WritingRoom) {
    if let short = string.content.short {
      room.write(short, count: string.content.count, isTwoByte: string.isTwoByte)
    } else {
      append(long: string, &room)
    }
    room.ensure(of: &self)
  }

  private mutating func append(long string: CloneString, _ room: inout WritingRoom) {
    // The pointer does not leave the closure.
    let isWritten = unsafe string.content.withBytes { bytes in
      unsafe room.write(
        string: bytes.baseAddress.unsafelyUnwrapped, count: bytes.count,
        isTwoByte: string.isTwoByte)
    }
    guard !isWritten else { return }
    room.save(&self)
    append(string)
    room = WritingRoom(of: self)
  }
}

extension CloneGraph {
  /// The bytes of a payload of the literal that made the graph, if there is one, ``WireWriter/append(_:)`` writes it as an
  /// engine does, so many levels may be open, and there is not much of it.
  ///
  /// What it takes to write any value takes as long as to write a small message.
  func payloadOfLiteral(_ profile: CloneProfile?, depth: Int) -> [UInt8]? {
    guard let literal, Int(literalLevels) <= depth, literal.isSmall else { return nil }
    let rules = (profile ?? .default).rules
    guard LiteralAccess.isWritten(by: rules) else { return nil }
    return withExtendedLifetime(self) {
      WireWriter.smallPayload { writer in
        var writer = writer
        writer.append(headerOf: rules.format.version)
        writer.append(literal)
        return writer
      }
    }
  }
}

extension LiteralAccess {
  /// The most elements of what is supposed to be small.
  private static let mostOfSmall = 64

  fileprivate var isSmall: Bool { count <= LiteralAccess.mostOfSmall }

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
  /// Writes what a literal lists, with all that it contains, where nobody asks for ids and ``LiteralAccess/isWritten(by:)``.
  ///
  /// It calls itself for what is inside, ``LiteralContent/mostLevels`` times at most.
  mutating func append(_ literal: LiteralAccess) {
    var room = WritingRoom(of: self)
    room.ensure(of: &self)
    switch literal {
    case .elements(let elements):
      room.write(tag: WireTag.beginDenseArray, literal.count)
      for index in elements.indices {
        if unsafe !append(PlainContent(elements[index]), &room),
          case .string(let string) = unsafe elements[index]
        {
          append(unwritten: string, &room)
        }
      }
      room.write(endOfArray: literal.count)
    case .properties(let properties):
      room.write(tag: WireTag.beginObject)
      for index in properties.indices {
        if unsafe !append(PlainContent(properties[index].0), &room),
          case .name(let name) = unsafe properties[index].0.form
        {
          append(unwritten: name, &room)
        }
        if unsafe !append(PlainContent(properties[index].1), &room),
          case .string(let string) = unsafe properties[index].1
        {
          append(unwritten: string, &room)
        }
      }
      room.write(tag: WireTag.endObject, literal.count)
    }
    room.save(&self)
  }

  /// Writes content that consists of primitives only, where nobody asks for ids and ``LiteralAccess/isWritten(by:)``.
  mutating func append(plain content: PayloadContent) {
    switch content {
    case .elements(let elements):
      // The pointer does not leave the closure.
      unsafe elements.withUnsafeBufferPointer { unsafe append(.elements($0)) }
    case .value(let value):
      var room = WritingRoom(of: self)
      room.ensure(of: &self)
      append(primitive: value, &room)
      room.save(&self)
    case .property(let name, let value):
      var room = WritingRoom(of: self)
      room.ensure(of: &self)
      room.write(tag: WireTag.beginObject)
      append(primitive: .string(name), &room)
      append(primitive: value, &room)
      room.write(tag: WireTag.endObject, 1)
      room.save(&self)
    }
  }

  private mutating func append(primitive value: CloneValue, _ room: inout WritingRoom) {
    if !append(PlainContent(value), &room), case .string(let string) = value {
      append(unwritten: string, &room)
    }
  }

  /// Writes content, and has room for any cell behind it.
  ///
  /// - Returns: false for a string that there was no room for.
  @inline(__always)
  private mutating func append(_ content: PlainContent, _ room: inout WritingRoom) -> Bool {
    switch content {
    case .constant(let tag): room.write(tag: tag)
    case .number(let number):
      if let integer = Cell.integer(number) {
        room.write(integer: integer)
      } else {
        room.write(tag: WireTag.double, bits: Cell.double(number).bits)
      }
    case .shortString(let string, let count, let isTwoByte):
      room.write(string, count: count, isTwoByte: isTwoByte)
    case .string(let bytes, let isTwoByte):
      guard unsafe WireWriter.write(bytes, isTwoByte: isTwoByte, to: &room) else { return false }
    case .list(let literal):
      room.save(&self)
      append(literal)
      room = WritingRoom(of: self)
    }
    room.ensure(of: &self)
    return true
  }

  /// Writes a string if there is room for it. A function of its own, as it is as long as all the rest.
  @inline(never)
  private static func write(
    _ bytes: UnsafeRawBufferPointer, isTwoByte: Bool, to room: inout WritingRoom
  ) -> Bool {
    unsafe room.write(
      string: bytes.baseAddress.unsafelyUnwrapped, count: bytes.count, isTwoByte: isTwoByte)
  }

  /// Makes room for a string and writes it, or keeps it for a piece of its own.
  @inline(never)
  private mutating func append(unwritten string: CloneString, _ room: inout WritingRoom) {
    room.save(&self)
    append(string)
    room = WritingRoom(of: self)
    room.ensure(of: &self)
  }
}

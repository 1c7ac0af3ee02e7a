extension CloneValue {
  /// Tells a visitor of everything in the value.
  ///
  /// - Complexity: linear in the value. Memory is taken for each level of nesting and, where objects may be mentioned more
  ///   than once, four bytes for each.
  @inlinable
  public func visit(with visitor: inout some CloneVisitor) {
    switch self {
    case .undefined: visitor.visitUndefined()
    case .null: visitor.visitNull()
    case .boolean(let value): visitor.visit(value)
    case .number(let value): visitor.visit(value)
    case .bigint(let value): visitor.visit(value)
    case .string(let value): visitor.visit(value)
    default:
      guard var walk = VisitingWalk(self) else { return }
      walk.run(&visitor)
      walk.finish()
      withExtendedLifetime(self) {}
    }
  }
}

extension VisitingWalk {
  /// Tells a visitor of everything in the receiver that the walk began with.
  ///
  /// The loop is for the most usual items, and is compiled where the visitor is known.
  @inlinable
  mutating func run(_ visitor: inout some CloneVisitor) {
    tell(meetRoot(), &visitor)
    while !isDone {
      while position < end {
        if hasKeys {
          let key = bits(at: position)
          if let name = shortString(key) {
            visitor.visitKey(name)
          } else {
            switch self.key(key) {
            case .name(let name): visitor.visitKey(name)
            case .index(let index): visitor.visitKey(index)
            }
          }
          position &+= 1
        }
        let bits = bits(at: position)
        position &+= 1
        if let number = VisitingWalk.number(bits) {
          visitor.visit(number)
        } else if let string = shortString(bits) {
          visitor.visit(string)
        } else if bits >> 48 == Cell.receiverTag {
          tell(meet(UInt32(truncatingIfNeeded: bits)), &visitor)
        } else if let integer = shortInteger(bits) {
          visitor.visit(integer)
        } else {
          tell(item(bits), &visitor)
        }
      }
      if endCells() { visitor.leave() }
    }
  }

  /// Tells a visitor of a primitive or of holes, or of a receiver that is met with them.
  @inlinable
  mutating func tell(_ item: Item, _ visitor: inout some CloneVisitor) {
    switch item {
    case .undefined: visitor.visitUndefined()
    case .null: visitor.visitNull()
    case .boolean(let value): visitor.visit(value)
    case .number(let number): visitor.visit(number)
    case .bigint(let integer): visitor.visit(integer)
    case .string(let string): visitor.visit(string)
    case .holes(let count): visitor.visitHoles(count)
    case .receiver(let meeting): tell(meeting, &visitor)
    }
  }

  /// Tells a visitor of a receiver.
  @inlinable
  mutating func tell(_ meeting: Meeting, _ visitor: inout some CloneVisitor) {
    let isEntered: Bool
    switch meeting {
    case .object: isEntered = visitor.enter(.object(count: metCount))
    case .array: isEntered = visitor.enter(.array(count: metCount))
    case .map: isEntered = visitor.enter(.map(count: metCount))
    case .set: isEntered = visitor.enter(.set(count: metCount))
    case .error: isEntered = visitor.enter(.error(metError))
    case .hostObject: isEntered = visitor.enter(.hostObject(metHostObject))
    case .date:
      isEntered = false
      visitor.visitDate(millisecondsSince1970: metTime)
    case .leaf:
      isEntered = false
      visitor.visitLeaf(metLeaf)
    case .reference:
      isEntered = false
      visitor.visitReference(metCount)
    }
    if isEntered { open() }
  }
}

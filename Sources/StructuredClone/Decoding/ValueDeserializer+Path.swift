/// Where in the value the reader is, for errors.
extension ValueDeserializer {
  /// The path to what is being read. Of a very deep one only the ends are made.
  var path: ClonePath { path(longestEnd: ClonePath.longestEnd) }

  /// The path with so many steps at each end.
  func path(longestEnd: Int) -> ClonePath {
    ClonePath(through: frames.count, longestEnd: longestEnd) { step(at: $0) }
  }

  /// The step into the container at a depth, if it awaits a child.
  private func step(at depth: Int) -> ClonePath.Step? {
    let frame = frames[depth]
    let end = depth + 1 < frames.count ? frames[depth + 1].base : stack.count
    switch frame.kind {
    case .object, .denseProperties, .sparseArray:
      guard frame.hasKey else { return nil }
      let key = stack[end - 1]
      if let number = key.number {
        return frame.kind == .object
          ? .property(ClonePropertyKey(number: number)) : .element(Int(number))
      }
      return string(of: key).map { .property(ClonePropertyKey(form: .name($0))) }
    case .denseElements: return .element(Int(frame.count))
    case .claimedElements: return .element(end - frame.base)
    case .map:
      return frame.hasKey ? .mapValue(Int(frame.count) / 2) : .mapKey(Int(frame.count) / 2)
    case .set: return .setElement(Int(frame.count))
    case .error:
      switch frame.section {
      case .message: return .section("message")
      case .stack: return .section("stack")
      case .cause: return .section("cause")
      case nil: return nil
      }
    case .stringObject: return .content("string")
    case .regExp: return .content("source")
    case .wasmMemory: return .content("buffer")
    case .hostPayload, .hostValue: return .content("payload")
    }
  }
}

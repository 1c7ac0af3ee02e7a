/// Where in the value the reader is, for errors.
extension ValueDeserializer {
  /// The path to what is being read.
  var path: ClonePath {
    var steps: [ClonePath.Step] = []
    for (depth, frame) in frames.enumerated() {
      let end = depth + 1 < frames.count ? frames[depth + 1].base : stack.count
      switch frame.kind {
      case .object, .denseProperties, .sparseArray:
        guard frame.hasKey else { continue }
        let key = stack[end - 1]
        if let number = key.number {
          steps.append(
            frame.kind == .object
              ? .property(ClonePropertyKey(number: number)) : .element(Int(number)))
        } else if let name = string(of: key) {
          steps.append(.property(ClonePropertyKey(form: .name(name))))
        }
      case .denseElements: steps.append(.element(end - frame.base))
      case .map:
        steps.append(
          frame.hasKey
            ? .mapValue(Int(frame.count) / 2) : .mapKey(Int(frame.count) / 2))
      case .set: steps.append(.setElement(Int(frame.count)))
      case .error:
        switch frame.section {
        case .message: steps.append(.section("message"))
        case .stack: steps.append(.section("stack"))
        case .cause: steps.append(.section("cause"))
        case nil: break
        }
      case .stringObject: steps.append(.content("string"))
      case .regExp: steps.append(.content("source"))
      case .wasmMemory: steps.append(.content("buffer"))
      case .hostPayload, .hostValue: steps.append(.content("payload"))
      }
    }
    return ClonePath(steps)
  }
}

/// Finds what cannot be cloned, in the order in which writing would meet it.
struct CloneabilityCheck {
  private var walk = ContentWalk()
  private let mayShare: Bool
  private let transferred: Set<CloneIdentity>

  /// - Parameter transferred: buffers that move, which may be detached here: that is reported later.
  static func check(
    _ value: CloneValue, transferred: Set<CloneIdentity>
  ) throws(DataCloneError) {
    guard let root = value.receiver else { return }
    var check = CloneabilityCheck(mayShare: root.graph.mayShare, transferred: transferred)
    try check.visit(root)
    while check.walk.depth > 0 {
      guard let item = check.walk.next() else {
        check.walk.close()
        continue
      }
      if let receiver = item.receiver { try check.visit(receiver) }
    }
  }

  private init(mayShare: Bool, transferred: Set<CloneIdentity>) {
    self.mayShare = mayShare
    self.transferred = transferred
  }

  private mutating func visit(_ receiver: Receiver) throws(DataCloneError) {
    if mayShare, walk.table.insert(receiver, 0) != nil { return }
    switch receiver.kind {
    case .object, .array, .map, .set, .error, .wasmMemory: walk.open(receiver)
    case .date, .boxedPrimitive, .regExp, .sharedArrayBuffer, .wasmModule, .sharedObject: break
    case .uncloneable: throw refusal(String(CloneUncloneable(receiver).description))
    case .hostObject: throw refusal("#<\(CloneHostObject(receiver).interface)>")
    case .arrayBuffer:
      let isTransferred = transferred.contains(CloneIdentity(receiver: receiver))
      if CloneArrayBuffer(receiver).isDetached, !isTransferred {
        throw DataCloneError.detachedBuffer(path: walk.path)
      }
    case .arrayBufferView:
      let view = CloneArrayBufferView(receiver)
      if case .arrayBuffer(let buffer) = view.buffer, !buffer.isDetached, view.isOutOfBounds {
        throw DataCloneError.outOfBounds(view.kind, path: walk.path)
      }
      walk.open(receiver)
    }
  }

  private func refusal(_ description: String) -> DataCloneError {
    DataCloneError.uncloneable(description, path: walk.path)
  }
}

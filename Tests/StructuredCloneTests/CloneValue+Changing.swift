import StructuredClone

extension CloneValue {
  /// Changes the value in a way that depends on its kind, and one value inside it.
  mutating func change(levels: Int = 3) {
    let hasMore = levels > 0
    switch self {
    case .object(let content):
      let keys = content.keys
      if hasMore, let key = keys.first { object?[key].change(levels: levels - 1) }
      if let key = keys.last { _ = object?.removeValue(forKey: key) }
      object?["changed"] = 1
      object?[7] = "seven"
    case .array(let content):
      let indices = content.presentIndices
      if hasMore, let index = indices.first { array?[index].change(levels: levels - 1) }
      if let index = indices.last { array?.removeElement(at: index) }
      array?.append(true)
      array?.properties["changed"] = 1
    case .map(let content):
      let keys = content.keys
      if hasMore, let key = keys.first { map?[key].change(levels: levels - 1) }
      if let key = keys.last { map?.updateKey(key) { $0 = "changed" } }
      map?[["a new object"]] = 1
    case .set(let content):
      if let element = Array(content).first { set?.remove(element) }
      set?.insert("changed")
    case .error(let content):
      error?.message = "changed"
      if hasMore, case .some = content.cause { error?.cause?.change(levels: levels - 1) }
    case .date: date?.millisecondsSince1970 = 1
    case .arrayBuffer(let content):
      if content.byteLength > 0 { arrayBuffer?[0] ^= 0xFF }
      arrayBuffer?.resize(to: content.maxByteLength)
    case .arrayBufferView:
      arrayBufferView?[0] = 42
      arrayBufferView?[0] = .bigint(42)
    default: self = "changed"
    }
  }

  /// Every buffer in the value that is not shared.
  var buffers: [CloneValue] {
    var buffers: [CloneValue] = []
    var seen: Set<CloneIdentity> = []
    var pending = [self]
    while let value = pending.popLast() {
      guard let identity = value.identity, seen.insert(identity).inserted else { continue }
      switch value {
      case .object(let object): pending += object.values
      case .array(let array):
        pending += array.presentIndices.map { array[$0] } + array.properties.values
      case .map(let map): pending += map.keys + map.values
      case .set(let set): pending += Array(set)
      case .error(let error): if let cause = error.cause { pending.append(cause) }
      case .arrayBufferView(let view): pending.append(view.buffer)
      case .arrayBuffer: buffers.append(value)
      default: break
      }
    }
    return buffers
  }
}
